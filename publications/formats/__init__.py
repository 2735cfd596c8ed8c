"""The formats a publication list travels in; each reader and writer is a file of its own.

A new format is that file and one line of the table below.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module

from publications.records import Loaded, PublicationRecord


@dataclass(frozen=True)
class Format:
    """One format: `load` and `write` are None where it is only written, or only read.

    `write` yields a file in pieces, so that a long one is nowhere whole; it may go through the
    records twice, to know all keys before it writes the first. `load_pasted` reads, within
    limits, what a person waits for; `write_latex` writes LaTeX commands for letters that are not
    of ASCII.
    """

    name: str
    label: str
    suffix: str
    media_type: str
    load: Callable[[str], Loaded] | None = None
    write: Callable[[Iterable[PublicationRecord]], Iterator[str]] | None = None
    load_pasted: Callable[[str], Loaded] | None = None
    write_latex: Callable[[Iterable[PublicationRecord]], Iterator[str]] | None = None

    def dump(self, records: Iterable[PublicationRecord]) -> str:
        """Return a file as one text."""
        return "".join(self.write(records))

    @property
    def content_type(self) -> str:
        """Return the media type as a header names it; JSON is UTF-8 without saying so."""
        is_json = self.media_type.endswith("json")
        return self.media_type if is_json else f"{self.media_type}; charset=utf-8"

    @property
    def is_exchanged(self) -> bool:
        """Return whether other programs read what we write: it has an address on the site."""
        return self.load is not None and self.write is not None


def _later(name: str) -> Callable:
    """Return a function of a module below this one, which is loaded when it is first called.

    Readers are large, and most who name a format read nothing.
    """
    module, _, function = name.rpartition(".")
    return lambda *args: getattr(import_module(f"{__name__}.{module}"), function)(*args)


FORMATS = {
    format.name: format
    for format in (
        Format(
            "bibtex",
            "BibTeX",
            "bib",
            "application/x-bibtex",
            _later("bibtex.reader.load"),
            _later("bibtex.writer.write"),
            _later("bibtex.reader.load_pasted"),
            _later("bibtex.writer.write_latex"),
        ),
        Format(
            "ris",
            "RIS",
            "ris",
            "application/x-research-info-systems",
            _later("ris.reader.load"),
            _later("ris.writer.write"),
        ),
        Format(
            "csl",
            "CSL-JSON",
            "json",
            "application/vnd.citationstyles.csl+json",
            _later("csl.reader.load"),
            _later("csl.writer.write"),
        ),
        Format(
            "markdown", "Markdown list", "md", "text/markdown", _later("handwritten.document.load")
        ),
        Format("plain", "Plain text", "txt", "text/plain", write=_later("plain.write")),
    )
}
READABLE = {name: format for name, format in FORMATS.items() if format.load}
WRITABLE = {name: format for name, format in FORMATS.items() if format.write}
EXCHANGED = {format.suffix: format for format in FORMATS.values() if format.is_exchanged}

SIGNS = (
    ("ris", re.compile(r"^\s*TY {1,4}- ", re.M)),
    ("bibtex", re.compile(r"^\s*@\s*[A-Za-z]+\s*[{(]", re.M)),
    ("csl", re.compile(r"\A\s*[\[{]\s*[\[{\"\]}]")),
)


def recognise(text: str, name: str = "") -> Format | None:
    """Return the format of a text, by what stands in it, else by the end of its file's name.

    None means that none of the readers is meant for it.
    """
    text = text.lstrip("\ufeff")
    for sign, pattern in SIGNS:
        if sign in READABLE and pattern.search(text):
            return READABLE[sign]
    suffix = name.lower().rpartition(".")[2] if "." in name else ""
    return next((format for format in READABLE.values() if format.suffix == suffix), None)
