"""A publication in the words of schema.org, for search engines (https://schema.org/)."""

from __future__ import annotations

from typing import Any

from homepage.common.identifiers import arxiv_url, doi_url, orcid_url
from homepage.common.markdown import flat, plain
from publications.names import GROUP_WORDS
from publications.records import AuthorName, PublicationRecord

from .highwire import JOURNALS
from .parts import container, doi, iso_date, pages

TYPES = {
    "chapter": "Chapter",
    "book": "Book",
    "thesis": "Thesis",
    "report": "Report",
    "dataset": "Dataset",
    "software": "SoftwareSourceCode",
    "article-magazine": "Article",
    "article-newspaper": "NewsArticle",
    "webpage": "WebPage",
    "patent": "CreativeWork",
    "document": "CreativeWork",
}
PDF = "application/pdf"
STATUS = {"submitted": "Submitted", "accepted": "Accepted", "to-appear": "To appear"}


def work(
    record: PublicationRecord,
    *,
    address: str,
    home: str,
    pdf: str = "",
    image: str = "",
    language: str = "",
    modified: str = "",
) -> dict[str, Any]:
    """Return a publication as JSON-LD. Addresses are whole; `home` is the owner's page."""
    title = plain(record.title)
    preprint = "Preprint" if record.kind == "article" else ""
    return {
        "@context": "https://schema.org",
        **_thing(
            TYPES.get(record.kind, "ScholarlyArticle"),
            **{"@id": address},
            url=address,
            name=title,
            headline=title,
            author=[_author(name, home) for name in record.authors],
            datePublished=iso_date(record),
            dateModified=modified,
            creativeWorkStatus=STATUS.get(record.status, preprint),
            isPartOf=_container(record),
            **_pages(record),
            publisher=_thing("Organization", name=record.publisher),
            isbn=record.isbn if record.kind == "book" else "",
            identifier=_identifiers(record),
            sameAs=_addresses(record),
            abstract=flat(record.abstract),
            inLanguage=language,
            keywords=list(record.topics),
            award=plain(record.award),
            image=image,
            isAccessibleForFree=bool(pdf),
            encoding=_thing("MediaObject", contentUrl=pdf, encodingFormat=pdf and PDF),
        ),
    }


def _thing(type, **values) -> dict[str, Any]:
    """Return a thing without what is unknown of it; nothing if that is all."""
    known = {name: value for name, value in values.items() if value}
    return {"@type": type, **known} if known else {}


def _author(name: AuthorName, home) -> dict[str, Any]:
    is_group = not name.family and GROUP_WORDS.search(name.literal)
    return _thing(
        "Organization" if is_group else "Person",
        **{"@id": orcid_url(name.orcid) if name.orcid else ""},
        name=str(name),
        givenName=name.given,
        familyName=" ".join(filter(None, [name.particle, name.family])),
        honorificSuffix=name.suffix,
        url=home if name.is_owner else name.url,
    )


def _container(record) -> dict[str, Any]:
    """Return the journal around the volume around the issue, as far as they are known."""
    venue = container(record)
    if record.kind not in JOURNALS:
        name = venue if record.kind in ("paper-conference", "chapter") else ""
        return _thing("Book", name=name, isbn=name and record.isbn)
    journal = _thing(
        "Periodical", name=venue, alternateName=venue and record.venue_acronym, issn=record.issn
    )
    volume = _thing("PublicationVolume", volumeNumber=record.volume)
    issue = _thing("PublicationIssue", issueNumber=record.number)
    within: dict[str, Any] = {}
    for level in filter(None, [journal, volume, issue]):
        within = {**level, "isPartOf": within} if within else level
    return within


def _pages(record) -> dict[str, str]:
    first, last = pages(record)
    return {"pageStart": first, "pageEnd": last} if last else {"pagination": first}


def _identifiers(record) -> list[dict[str, Any]]:
    found = [("DOI", doi(record)), ("arXiv", record.arxiv_id)]
    return [_thing("PropertyValue", propertyID=name, value=value) for name, value in found if value]


def _addresses(record) -> list[str]:
    found = [
        doi_url(record.doi) if record.doi else "",
        arxiv_url(record.arxiv_id) if record.arxiv_id else "",
    ]
    return [address for address in found if address]
