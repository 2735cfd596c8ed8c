"""Links that lead out of the site: which there are, and whether they still lead somewhere."""
