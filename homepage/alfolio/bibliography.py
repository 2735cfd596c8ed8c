"""`_bibliography/*.bib`: BibTeX with al-folio's own fields, files and people beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from homepage.academicpages.draft import Draft
from homepage.academicpages.files import PAPERS, PICTURES
from homepage.academicpages.liquid import Loop
from homepage.academicpages.people import said
from publications.formats import READABLE
from publications.formats.bibtex.values import is_flag
from publications.latex import address
from publications.records import Link, PublicationRecord

from .coauthors import PATH as COAUTHORS
from .coauthors import owner, read_coauthors, with_people

FORMAT = "bibtex"
FOLDER = "_bibliography"
VENUES = "_data/venues.yml"
# Fields that may name a file in `assets/pdf`, with the labels of their buttons.
FILES = {"pdf": "PDF", "supp": "supplement", "poster": "poster", "slides": "slides"}
NAMED = re.compile(r"(?:-f|--file)\s+([\w.-]+)")


class Bibliography:
    """Reads the bibliography of a site into the draft."""

    def __init__(self, draft: Draft):
        self.draft = draft
        self.source = draft.source
        config = self.source.config
        name = draft.profile.name
        family = said(self.source.text("last_name"))
        family = family if family and name.endswith(family) else name.rpartition(" ")[2]
        me = owner(config, draft.profile.name, family)
        self.people = [me, *read_coauthors(self.source.yaml(COAUTHORS))]
        self.venues = self.source.yaml(VENUES)

    def read(self, loops: Sequence[Loop]) -> tuple[PublicationRecord, ...]:
        """Return the records of the files that lists on the pages show."""
        records: list[PublicationRecord] = []
        for path in self._paths(loops):
            text = self.source.folder.text(path)
            loaded = READABLE[FORMAT].load(text) if text else None
            if loaded is None:
                continue
            self.source.problems += [replace(problem, path=path) for problem in loaded.problems]
            for record in loaded.records:
                record = replace(record, path=path, position=len(records) + 1)
                if _is_of_template(record):
                    message = f"an example of the template, left out: {record.title}"
                    self.source.leave_out(path, message, record.line)
                else:
                    records.append(self._complete(record))
        return tuple(records)

    def _paths(self, loops) -> list[str]:
        """Return the main file and those that a list names; others are left out with a word."""
        paths = self.source.folder.names(FOLDER, (".bib",))
        main = self.source.config.text("scholar.bibliography") or "papers"
        named = {main} | {name for loop in loops for name in NAMED.findall(loop.source)}
        stems = {name.removesuffix(".bib") for name in named}
        shown = [path for path in paths if path.rpartition("/")[2].removesuffix(".bib") in stems]
        for path in paths if shown else ():
            if path not in shown:
                self.source.leave_out(path, "left out: no page shows it")
        return shown or paths

    def _complete(self, record) -> PublicationRecord:
        record = with_people(record, self.people)
        venue = self.venues.values.get(record.venue_acronym)
        if isinstance(venue, dict) and isinstance(venue.get("url"), str):
            record = replace(record, venue_url=venue["url"].strip())
        record = self._with_files(record)
        return replace(record, image=self._image(record))

    def _with_files(self, record) -> PublicationRecord:
        """Turn names of files, and links to them, into stored files."""
        links, pdf = [], ""
        named = [
            Link(label, f"/assets/pdf/{name}" if not name.startswith("/") else name)
            for field, label in FILES.items()
            if (name := _file_name(record, field))
        ]
        for link in (*record.links, *named):
            local = self.source.addresses.local(link.url)
            file = self.source.addresses.file(local.file, PAPERS) if local else None
            if file is None:
                url = self._elsewhere(link.url, record) if local else link.url
                links.append(Link(link.label, url))
            elif file.name.endswith(".pdf") and link.label == "PDF" and not pdf:
                pdf = file.name
            else:
                links.append(Link(link.label, file=file.name))
        return replace(record, links=tuple(links), pdf=pdf)

    def _elsewhere(self, url, record):
        return self.source.addresses.new(url, record.line, path=record.path, kind=PAPERS)

    def _image(self, record) -> str:
        name = _file_name(record, "preview")
        if not name:
            return ""
        for place in (f"/assets/img/publication_preview/{name}", f"/assets/img/{name}", f"/{name}"):
            if file := self.source.addresses.file(place.replace("//", "/"), PICTURES):
                return file.name
        return ""


def _file_name(record, field) -> str:
    """Return the name of a file that a field says; "" where it is an address or a flag."""
    name = address(str(record.extra.get(field, ""))).strip()
    return "" if "://" in name or is_flag(name) else name


def _is_of_template(record):
    """Return whether an entry is one of Einstein's, which come with the template."""
    names = " ".join(map(str, record.authors))
    return "Einstein" in names and (record.year or 0) < 1970
