"""How people lay out one entry of a list: a file for each family, a line for each in the table.

A family has a NAME and `cut(block, owner)`, which returns the parts of one entry with its
certainty, or None. It may have a SHARE: how many entries must name co-authors only.
"""

from . import authors_first, co_authors, title_first, title_in_line

# In order of evidence: where two read a list equally well, the first has it.
FAMILIES = (title_first, authors_first, title_in_line, co_authors)
