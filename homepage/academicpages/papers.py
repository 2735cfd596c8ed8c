"""Files of `_publications`: what the header says, and what stands only in citation or body."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from homepage.common.addresses import is_remote
from homepage.common.identifiers import find_arxiv, find_doi
from homepage.common.markdown import parser, plain
from homepage.common.text import words
from publications.formats import READABLE
from publications.formats.bibtex.types import KINDS as BIBTEX_KINDS
from publications.formats.fitting import fitted
from publications.formats.handwritten import venue as venues
from publications.formats.handwritten.authors import has_owner, names_of
from publications.formats.handwritten.blocks import top_level
from publications.formats.handwritten.inline import inline_lines
from publications.formats.handwritten.kinds import kind_of
from publications.formats.handwritten.links import label_for, leads_somewhere, peel
from publications.formats.handwritten.runs import plain_text, says_something
from publications.names import is_person
from publications.records import Link, PublicationRecord

from .citation import line_of, read_citation, read_names, unsaid
from .entries import flat
from .files import PAPERS, PICTURES
from .jekyll import Jekyll, SourceFile
from .leftovers import FILES as EXAMPLE_FILES
from .leftovers import is_of_template
from .values import day_of, text

# “Physical Review B 103, 094414”, “Nature 5(2), 1-20”
VENUE_AND_PAGES = re.compile(
    r"(?P<venue>[^\d]{4,}?)\s*,?\s+(?P<volume>\d{1,4})\s*(?:\((?P<number>[\w-]{1,10})\))?\s*[,:]\s*"
    r"(?P<pages>[A-Za-z]{0,2}\d{1,9}(?:\s*[-–]{1,2}\s*[A-Za-z]{0,2}\d{1,9})?)"
)
# Keys that lead somewhere, with the label of the link where it is not the key itself.
LINKS = {
    "paperurl": "",
    "link": "",
    "url": "",
    "pdf": "PDF",
    "arxivurl": "arXiv",
    "arxiv": "arXiv",
    "doi": "DOI",
    "bibtexurl": "BibTeX",
    "bibtex": "BibTeX",
}
# Keys that hold an address and are no link.
PICTURE_KEYS = ("image", "img", "teaser", "thumbnail", "preview", "cover")
NO_LINKS = frozenset(["permalink", "redirect_from", "citation", "excerpt", "venue", *PICTURE_KEYS])
# Keys that name where a paper appeared; some say there only of what kind that is.
VENUES = ("venue", "journal", "booktitle", "conference", "publication")
KIND = re.compile(r"(?:conference|journal|workshop|preprint|book|thesis|article)s?", re.I)
LONGEST_VENUE = 12
COLUMNS = ("volume", "number", "pages", "publisher", "isbn", "issn", "language")
PDF_LABEL = re.compile(r"pdf|paper|article|manuscript|preprint|full ?text|download|link", re.I)
ADDRESS = re.compile(r"(?:https?://|/|files/|assets/|\.\./)\S+$", re.I)
ABSTRACT = re.compile(r"(?:<[^<>]*>|[#*_\s])*abstract\W*(?:</[^<>]*>|[*_\s:=-])*", re.I)


@dataclass
class Body:
    """What stands behind the header of a publication."""

    names: tuple = ()
    and_others: bool = False
    conjunction: str = ""
    links: list[Link] = field(default_factory=list)
    rest: str = ""


class Papers:
    """Reads the publications of a collection; `owner` are the names of the site's owner."""

    def __init__(self, site: Jekyll, owner: Sequence[str]):
        self.site = site
        self.owner = owner

    def read(self, item: SourceFile, category: str = "", heading: str = ""):
        """Return the record of a file; None, noted, if it is an example or says no title."""
        item = flat(item)
        title, line = text(item, "title")
        if not title:
            self.site.leave_out(item.path, "it has no title, so it is left out")
            return None
        if is_of_template(title):
            self.site.leave_out(item.path, f"an example of the template, left out: {title}", line)
            return None
        said = self._values(item)
        body = self._body(item)
        year, month, day = day_of(item)
        record = PublicationRecord(
            title=title,
            category=category,
            year=year,
            month=month,
            day=day,
            path=item.path,
            line=line,
        )
        record = self._with_venue(record, said)
        record = self._with_authors(record, said, body)
        record = self._with_links(record, said, body, item)
        record = replace(
            record,
            **{name: said[name] for name in COLUMNS if said.get(name)},
            award=said.get("award", "") or record.award,
            abstract=self._abstract(record, said, body),
            image=self._image(item),
            selected=item.header.values.get("selected") in (True, "true"),
            text=item.text.strip(),
            status=record.status or _status(said.get("status", "")) or "published",
        )
        kind = _declared(said) or kind_of(heading, record, False)
        if kind == "document" and record.venue:
            kind = "article-journal"  # what a collection that says no more holds most often
        record = replace(record, kind=kind)
        fit, problems = fitted(record)
        self.site.problems += [replace(problem, path=item.path) for problem in problems]
        return fit

    def _values(self, item) -> dict[str, str]:
        """Return the texts of the header, without those that are the template's."""
        found = {}
        for key in item.header.values:
            value, line = text(item, key)
            if not value or key in ("title", "collection", "layout", "permalink", "redirect_from"):
                continue
            if is_of_template(value) or EXAMPLE_FILES.search(value):
                what = value if len(value) <= 60 else value[:57] + "…"
                message = f"{key} is the template’s, left out: {what}"
                self.site.leave_out(item.path, message, line)
            else:
                found[key.lower()] = value
        return found

    def _with_venue(self, record, said):
        found_in = (said.get(key, "") for key in VENUES)
        source = next((value for value in found_in if value and not KIND.fullmatch(value)), "")
        cited = said.get("citation", "")
        if not source and len(cited.split()) <= LONGEST_VENUE and not _is_in(record.title, cited):
            source = cited  # no citation, but only where it appeared
        if not source:
            return record
        line = venues.read([line_of(source)])
        name, found = line.name, {}
        if match := VENUE_AND_PAGES.fullmatch(name):
            found = {key: match[key] or "" for key in ("volume", "number", "pages")}
            name = match["venue"].strip(" ,")
        return replace(
            record,
            **found,
            venue=name,
            venue_acronym=line.acronym,
            venue_prefix=line.prefix,
            status=line.status,
            year=record.year or line.year,
            arxiv_id=line.arxiv_id,
            award=", ".join(line.awards),
            note="; ".join(line.notes),
        )

    def _with_authors(self, record, said, body):
        """Take the authors of the header, else of the body, else of the citation."""
        listed = said.get("authors") or said.get("author") or ""
        source = self._citation(said, record.title)
        cited = read_citation(source, record.title, self.owner) if source else None
        if listed:
            names, others, word = read_names(line_of(listed), self.owner)
        elif body.names:
            names, others, word = body.names, body.and_others, body.conjunction
        elif cited:
            names, others, word = cited.authors, cited.and_others, cited.conjunction
        else:
            names, others, word = (), False, ""
        record = replace(record, authors=tuple(names), and_others=others, conjunction=word)
        if cited is None:
            return record
        found = {name: getattr(cited, name) for name in ("venue", "volume", "number", "pages")}
        found = {name: value for name, value in found.items() if not getattr(record, name)}
        return replace(record, **found, year=record.year or cited.year)

    def _citation(self, said, title):
        """Return the citation, which some write as the excerpt."""
        if said.get("citation"):
            return said["citation"]
        excerpt = said.get("excerpt", "")
        return (
            excerpt if _is_in(title, excerpt) and re.search(r"\b(?:19|20)\d\d\b", excerpt) else ""
        )

    def _with_links(self, record, said, body, item):
        links = []
        for key, value in said.items():
            if key in NO_LINKS or key in COLUMNS:
                continue
            if key == "doi" or find_doi(value) and not ADDRESS.match(value):
                record = replace(record, doi=record.doi or find_doi(value) or value)
                continue
            if key == "arxiv" and find_arxiv(value) and not ADDRESS.match(value):
                record = replace(record, arxiv_id=record.arxiv_id or find_arxiv(value))
                continue
            if not ADDRESS.match(value) or re.search(r"\s", value):
                continue
            label = LINKS.get(key, key.removesuffix("url").strip("_-") or key)
            links.append((label, value, text(item, key)[1]))
        for label, value, line in links:
            record = self._link(record, label, value, line, item)
        for link in body.links:
            record = self._link(record, link.label, link.url, 0, item)
        return record

    def _link(self, record, label, value, line, item):
        """Add a link: to an address, to a file of the site, or as the paper itself."""
        local = self.site.addresses.local(value, item.permalink)
        if local and local.file.endswith(".bib"):
            return self._with_bibtex(record, local.file, item, line)
        stored = self.site.files.stored_at(value.removeprefix(self.site.media_url))
        if stored is None and local:
            stored = self.site.addresses.file(local.file, PAPERS)
        if stored is not None:
            label = label or "PDF"
            if not record.pdf and stored.name.endswith(".pdf") and PDF_LABEL.search(label):
                return replace(record, pdf=stored.name)
            return replace(record, links=(*record.links, Link(label, file=stored.name)))
        url = self.site.address(value, line, item, PAPERS)
        for place, known in enumerate(record.links):
            if known.url == url:
                # The label that somebody typed says more than one made of the address.
                label = label if known.label == label_for(url) else known.label
                links = list(record.links)
                links[place] = Link(label or known.label, url)
                return replace(record, links=tuple(links))
        record = replace(
            record,
            doi=record.doi or find_doi(url) or "",
            arxiv_id=record.arxiv_id or find_arxiv(url) or "",
        )
        return replace(record, links=(*record.links, Link(label or label_for(url), url)))

    def _with_bibtex(self, record, path, item, line):
        """Fill what is unknown from the entry in a BibTeX file; the site writes its own."""
        source = self.site.folder.text(path) if self.site.folder.file(path) else None
        found = READABLE["bibtex"].load(source).records if source and "bibtex" in READABLE else ()
        if len(found) != 1:
            return record
        self.site.leave_out(item.path, f"{path} was read; this site writes its own", line)
        names = [*COLUMNS, "doi", "arxiv_id", "citation_key", "venue", "authors"]
        empty = {name: getattr(found[0], name) for name in names if not getattr(record, name)}
        return replace(record, **empty, year=record.year or found[0].year)

    def _abstract(self, record, said, body):
        """Return what the paper's page says: abstract, excerpt, body, what a citation adds."""
        citation = self._citation(said, record.title)
        parts = [body.rest]
        for key in ("abstract", "excerpt", "description", "summary"):
            value = said.get(key, "")
            is_new = words(plain_text(line_of(value))) - words(" ".join(parts))
            if value != citation and is_new:
                parts.insert(0, value)
        if citation and unsaid(citation, [*_shown(record), *parts]):
            parts.append(f"Recommended citation: {citation}")
        return "\n\n".join(filter(None, parts))

    def _image(self, item):
        header = item.header.values.get("header")
        given = [header.get(key) for key in PICTURE_KEYS] if isinstance(header, Mapping) else []
        for value in [*given, *(text(item, key)[0] for key in PICTURE_KEYS)]:
            if not isinstance(value, str) or not value or is_remote(value):
                continue
            for place in (value, f"/images/{value}", f"/assets/img/{value}"):
                local = self.site.addresses.local(place)
                if local and (file := self.site.addresses.file(local.file, PICTURES)):
                    return file.name
        return ""

    def _body(self, item) -> Body:
        """Cut the body into names, links, and what is left of it in Markdown."""
        source = self.site.prepared(item, kind=PAPERS).text
        lines = source.split("\n")
        body = Body()
        kept: list[str] = []
        last = 0
        for token, children in top_level(parser().parse(source)):
            first, end = token.map or (last, last)
            last = end
            block = "\n".join(lines[first:end])
            if token.type == "paragraph_open":
                block = self._paragraph(children[0], block, body, is_first=not kept)
            if not kept and ABSTRACT.fullmatch(block):
                continue
            if block.strip():
                kept.append(block)
        body.rest = "\n\n".join(kept).strip()
        return body

    def _paragraph(self, inline, block, body, is_first):
        """Take the names and links out of a paragraph; return the source of the rest."""
        shown = inline_lines(inline.children or [])
        source = block.split("\n")
        kept = []
        for number, line in enumerate(shown):
            peeled = peel(line)
            names = names_of(line)
            if is_first and not body.names and self._are_names(names):
                body.names, body.and_others, body.conjunction = read_names(line, self.owner)
            elif not says_something(peeled.line) and (peeled.links or peeled.dropped):
                body.links += [link for link in peeled.links if leads_somewhere(link.url)]
            elif says_something(line) or any(run.image for run in line):
                kept.append(source[number] if len(source) == len(shown) else None)
        if len(kept) == len(shown) or None in kept:
            return block
        return "\n".join(kept)

    def _are_names(self, names):
        if not names.names or not all(is_person(name.text) for name in names.names):
            return False
        return has_owner(names, self.owner) or (len(names.names) > 1 and any_emphasis(names))


def _status(text):
    return next((s for pattern, s in venues.STATUS if re.search(pattern, text, re.I)), "")


def _declared(said):
    """Return the kind that a header declares, in the words of BibTeX or CSL; "" if none."""
    for key in ("paper-type", "paper_type", "pub_type", "entrytype", "type", "kind"):
        value = said.get(key, "").strip().lower().removeprefix("@")
        if value in BIBTEX_KINDS or value in BIBTEX_KINDS.values():
            return BIBTEX_KINDS.get(value, value) if value != "article" else "article-journal"
    return ""


def _is_in(title, source):
    """Return whether a text holds a title."""
    folded = " ".join(re.findall(r"\w+", plain(title).lower()))
    return folded in " ".join(re.findall(r"\w+", plain_text(line_of(source)).lower()))


def any_emphasis(names) -> bool:
    return any(name.emphasised for name in names.names)


def _shown(record: PublicationRecord) -> list[str]:
    """Return what the page of a paper shows of its fields."""
    names = [f"{name} {name.printed}" for name in record.authors]
    texts = [plain(record.title), record.venue, record.venue_acronym, str(record.year or "")]
    texts += [record.volume, record.number, record.pages, record.publisher, record.note]
    return [*names, *texts, record.award, record.doi, record.arxiv_id, record.conjunction]
