"""A paper's page as machines read it: its record, and the addresses that only a site knows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language

from homepage.common.identifiers import doi_url, orcid_url
from homepage.common.paths import path_of
from homepage.common.site import absolute

from .formats import EXCHANGED, Format
from .metadata import highwire, linked_data
from .metadata.parts import doi, iso_date
from .models import Publication
from .rows import to_record

# Links in the head for machines (https://signposting.org/FAIR/), authors among them.
MOST_AUTHORS = 20


def described(publication: Publication, request: HttpRequest) -> dict[str, Any]:
    """Return what the page of a paper says to machines; nothing of one read with doubt."""
    if publication.doubts:
        return {}
    record = to_record(publication)
    address = absolute(publication.get_absolute_url(), request)
    pdf = reverse("paper", args=[publication.slug]) if publication.pdf else ""
    known = {
        "address": address,
        "pdf": absolute(pdf, request) if pdf else "",
        "language": publication.language or get_language() or "",
    }
    home = absolute(get_script_prefix(), request)
    data = linked_data.work(
        record,
        **known,
        home=home,
        image=absolute(publication.image.url, request) if publication.image else "",
        modified=publication.modified.isoformat(timespec="seconds"),
    )
    return {
        "citation_tags": highwire.tags(record, **known),
        "linked_data": data,
        "owner_page": home if any(name.is_owner for name in record.authors) else "",
        "published": iso_date(record) if record.day else "",
        "signposts": list(_signposts(publication, record, data["@type"], known["pdf"])),
    }


def files_of(publication: Publication) -> list[tuple[Format, str]]:
    """Return each format that a paper may be had in, with the address of that file."""
    return [
        (format, path_of("publications:detail-file", publication.slug, suffix))
        for suffix, format in EXCHANGED.items()
    ]


def link_back(publication: Publication, request: HttpRequest, relation: str) -> str:
    """Return the header with which a file of a paper leads back to the page of it."""
    address = absolute(publication.get_absolute_url(), request)
    return f'<{address}>; rel="{relation}"; type="text/html"'


def _signposts(publication, record, type, pdf):
    """Yield (relation, address, media type) of what belongs to the page."""
    if known := doi(record):
        yield "cite-as", doi_url(known), ""
    for format, address in files_of(publication):
        yield "describedby", address, format.media_type
    if pdf:
        yield "item", pdf, "application/pdf"
    orcids = [name.orcid for name in record.authors if name.orcid]
    for orcid in orcids[:MOST_AUTHORS]:
        yield "author", orcid_url(orcid), ""
    for name in ("AboutPage", type):
        yield "type", f"https://schema.org/{name}", ""
