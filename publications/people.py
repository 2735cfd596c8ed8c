"""The people who sign: found by their names, made where nobody has that name yet."""

from __future__ import annotations

from homepage.common.slugs import save_new
from homepage.common.text import fold_name

from .models import Author
from .records import AuthorName


class People:
    """The authors by every folded form of their full name; never by initials.

    With `in_bulk` new ones are saved when `save_new()` is called, all at once.
    """

    def __init__(self, *, in_bulk: bool = False):
        self.in_bulk = in_bulk
        self.known: dict[str, Author] = {}
        self.owner: Author | None = None
        self.made: list[Author] = []
        self.saved = 0
        self.slugs: set[str] | None = None
        for author in Author.objects.order_by("-id"):
            self._remember(author)
            if author.is_owner:
                self.owner = author

    def find_or_create(self, name: AuthorName) -> Author:
        """Return the person of a written name; a name marked as the owner's is the owner."""
        if name.is_owner and self.owner is not None:
            return self.owner
        author = self.known.get(_key(name)) or self.known.get(fold_name(str(name)))
        return author or self.create(name)

    def create(self, name: AuthorName) -> Author:
        """Return a new person of that name, even if others have it."""
        author = Author.from_name(name)
        self.made.append(author)
        self._remember(author)
        self.known[_key(name)] = author
        if not self.in_bulk:
            self.save_new()
        return author

    def save_new(self) -> None:
        """Save the people who were made since the last time."""
        new = self.made[self.saved :]
        if new and self.slugs is None:
            self.slugs = Author.taken_slugs() | Author.reserved_slugs
        save_new(new, self.slugs)
        self.saved = len(self.made)

    def _remember(self, author):
        for folded in author.folded_names() or {str(author)}:
            self.known[folded] = author


def _key(name: AuthorName) -> str:
    written = name.printed or str(name)
    return fold_name(written) or written
