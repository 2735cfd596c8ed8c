"""Which author is the owner of the site, whose name every list shows in bold."""

from itertools import islice

from homepage.common.text import fold

from .models import Author
from .names import parse_name


def mark_owner(name: str) -> list[Author]:
    """Mark the author of this name as the owner; an owner chosen before stays.

    Return the author if there was none of this name, and one was made.
    """
    if not name or _is_chosen():
        return []
    known = to_be_marked(name)
    (author,) = known or [Author.from_name(parse_name(name))]
    author.is_owner = True
    author.save()
    return [] if known else [author]


def to_be_marked(name: str) -> list[Author]:
    """Return the one author, if there is one already, whom `mark_owner` would mark."""
    if not name or _is_chosen():
        return []
    same = (author for author in Author.objects.all() if fold(name) in author.folded_names())
    return list(islice(same, 1))


def _is_chosen():
    return Author.objects.filter(is_owner=True).exists()
