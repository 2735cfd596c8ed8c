"""What Google Scholar, Zotero and link previews read on the page of a paper, and what they miss.

`page` takes the tags out of the rendered HTML; `checks` judges them.
"""

from .checks import Check, Outcome, check_page
from .page import read_page

__all__ = ["Check", "Outcome", "check_page", "read_page"]
