"""How people lay out one entry of a list: a file for each family, a line for each in the table."""

from . import title_first

# In order of evidence: the first that reads a list with enough confidence has it.
FAMILIES = (title_first,)
