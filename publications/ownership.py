"""Which author is the owner of the site, whose name every list shows in bold."""

from homepage.common.text import fold

from .models import Author
from .names import parse_name


def mark_owner(name: str) -> None:
    """Mark the author of this name as the owner, made if need be; an owner chosen before stays."""
    if not name or Author.objects.filter(is_owner=True).exists():
        return
    same = [author for author in Author.objects.all() if fold(name) in author.folded_names()]
    author = same[0] if same else Author.from_name(parse_name(name))
    author.is_owner = True
    author.save()
