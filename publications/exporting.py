"""Publications on their way out, for every writer of a format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import urljoin

from django.core.files.storage import default_storage

from .formats import FORMATS, Format
from .formats.keywords import KEPT
from .models import Publication
from .models.querysets import PublicationQuerySet
from .once import once
from .records import Link, PublicationRecord
from .rows import to_record
from .topics import can_be_topic

# Fields in which reference managers keep what is their user's own business.
PRIVATE = frozenset(
    "annote annotation comment file local-url owner timestamp rn".split()
)  # fmt: skip
PRIVATE_START = "bdsk-"


def export(publications: PublicationQuerySet, format: Format, *, base: str = "") -> Iterator[str]:
    """Yield the publications in a format, with all that was kept for it, piece by piece.

    `base` is the address of the site, for links to its own files.
    """
    records = publications.records(format.name)
    return format.write(Changed(records, lambda record: with_whole_links(record, base)))


def export_public(publications: PublicationQuerySet, format: Format, *, base: str) -> Iterator[str]:
    """Yield the publications as anybody may read them, piece by piece."""
    return _public(publications.records(format.name), format, base)


def public_text(records: Iterable[PublicationRecord], format: Format, *, base: str) -> str:
    """Return records as anybody may read them: without notes of the owner's program."""
    return "".join(_public(list(records), format, base))


def _public(records, format, base):
    def ready(record):
        return with_whole_links(_without_private(record), base)

    return format.write(Changed(records, ready))


@dataclass(frozen=True)
class Changed:
    """Records that are changed whenever they are gone through."""

    records: Iterable[PublicationRecord]
    change: Callable[[PublicationRecord], PublicationRecord]

    def __iter__(self) -> Iterator[PublicationRecord]:
        return map(self.change, self.records)


# Fields of a file that no bibliography prints, and names as this paper alone has them.
NOT_CITED = {
    "topics": (), "abstract": "", "venue_acronym": "", "award": "", "note": "", "selected": False,
}  # fmt: skip
AS_KNOWN = {"printed": "", "marks": "", "equal": False, "corresponding": False}


def citation(publication: Publication, *, base: str) -> str:
    """Return one publication as BibTeX to be pasted: what a bibliography prints, and no more.

    The key is that of its file. What was read with doubt is not to be cited.
    """
    if publication.doubts:
        return ""
    return once(publication, ("citation", base), lambda: _citation(publication, base))


def _citation(publication, base):
    from .formats.handwritten.links import label_for  # its patterns are many, for who cites none

    record = _without_private(to_record(publication, "bibtex"))
    authors = tuple(map(_as_known, record.authors))
    addresses = [] if record.doi or record.arxiv_id else [link.url for link in record.links]
    address = next(filter(None, addresses), "")
    links = [Link(label_for(address), _whole(address, base))] if address else []
    extra = {name: value for name, value in record.extra.items() if name != KEPT}
    record = replace(record, authors=authors, links=tuple(links), extra=extra, **NOT_CITED)
    return FORMATS["bibtex"].dump([record])


def _as_known(name):
    is_known = all(getattr(name, field) == value for field, value in AS_KNOWN.items())
    return name if is_known else replace(name, **AS_KNOWN)


def _without_private(record) -> PublicationRecord:
    if not record.extra:
        return record
    extra = {name: value for name, value in record.extra.items() if not _is_private(name)}
    if words := extra.pop(KEPT, ()):
        extra[KEPT] = [word for word in words if can_be_topic(word)]
    return replace(record, extra=extra)


def _is_private(name):
    return name.lower() in PRIVATE or name.lower().startswith(PRIVATE_START)


def with_whole_links(record: PublicationRecord, base: str) -> PublicationRecord:
    """Return a record whose links to files of the site begin with `base`, the address of it."""
    # A file of this site has no address for others as long as the site has none.
    links = tuple(
        Link(link.label, _whole(link.url or default_storage.url(link.file), base))
        for link in record.links
        if link.url or base
    )
    return replace(record, links=links) if record.links else record


def _whole(url, base):
    return urljoin(base, url) if base and url.startswith("/") else url
