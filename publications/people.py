"""The people who sign: found by their names, made where nobody has that name yet."""

from __future__ import annotations

from homepage.common.text import fold, free_slug

from .models import Author
from .records import AuthorName


class People:
    """The authors by every folded form of their full name; never by initials."""

    def __init__(self):
        self.known: dict[str, Author] = {}
        self.owner: Author | None = None
        self.made: list[Author] = []
        self.slugs: set[str] | None = None
        for author in Author.objects.order_by("-id"):
            self._remember(author)
            if author.is_owner:
                self.owner = author

    def find_or_create(self, name: AuthorName) -> Author:
        """Return the person of a written name; a name marked as the owner's is the owner."""
        if name.is_owner and self.owner is not None:
            return self.owner
        author = self.known.get(_key(name)) or self.known.get(fold(str(name)))
        return author or self.create(name)

    def create(self, name: AuthorName) -> Author:
        """Return a new person of that name, even if others have it."""
        author = Author.from_name(name)
        author.slug = self._free_slug(author)
        author.save()
        self.made.append(author)
        self._remember(author)
        self.known[_key(name)] = author
        return author

    def _free_slug(self, author):
        """Return a slug without a query for each name; "" where only the id can make one."""
        base = author.slug_base()
        if not base:
            return ""
        if self.slugs is None:
            self.slugs = Author.taken_slugs() | Author.reserved_slugs
        slug = free_slug(base, self.slugs)
        self.slugs.add(slug)
        return slug

    def _remember(self, author):
        for folded in author.folded_names() or {str(author)}:
            self.known[folded] = author


def _key(name: AuthorName) -> str:
    return fold(name.printed or str(name)) or name.printed or str(name)
