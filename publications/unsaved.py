"""A paper as it would be if its form were saved: in memory, for the templates of the page."""

from __future__ import annotations

from collections.abc import Sequence

from .author_lines import author_of
from .models import Author, Authorship, Publication, PublicationLink
from .models.querysets import latest_first
from .name_details import NameDetails, aligned
from .names import WrittenName

# Relations are followed only where there is a key, and no row has this one.
NO_KEY = -1


def with_parts(
    paper: Publication,
    names: Sequence[tuple[WrittenName, int | None]],
    details: Sequence[NameDetails],
    links: Sequence[tuple[str, str]],
) -> Publication:
    """Give a paper authors and links that are not saved; it is for showing only.

    `names` come with the keys of the people they belong to, `links` are (label, address).
    """
    if paper.pk is None:
        paper.pk = NO_KEY
    paper.slug = paper.slug or "preview"
    paper._prefetched_objects_cache = {
        "authorships": _authorships(paper, names, details),
        "links": [PublicationLink(publication=paper, label=label, url=url) for label, url in links],
        "sources": list(paper.sources.order_by(*latest_first())) if paper.doubts else [],
    }
    return paper


def _authorships(paper, names, details):
    people = Author.objects.in_bulk({key for _, key in names if key})
    details = aligned(details, [name.text for name, _ in names])
    return [
        _authorship(paper, name, people.get(key), more)
        for (name, key), more in zip(names, details, strict=True)
    ]


def _authorship(paper, name, person, more):
    person = person or author_of(name)
    return Authorship(
        publication=paper,
        author=person,
        printed_name="" if name.text == str(person) else name.text,
        marks=name.marks,
        equal_contribution=bool(more and more.equal),
        corresponding=bool(more and more.corresponding),
    )
