"""Writes the folder to leave with: pages, BibTeX, uploads, and the rows as data."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.redirects.models import Redirect
from django.core.files.storage import default_storage
from django.http import Http404

from homepage import media
from homepage.common.progress import job
from publications.exporting import export_public
from publications.files import is_hidden_file
from publications.formats import FORMATS
from publications.models import Publication, Visibility

from .pages import pages
from .reading import DATA, INDEX, UPLOADS, VERSION, digest, text_digest
from .tables import TABLES, rows_of

# An upload as a text or a link names it, or the column of a row.
UPLOAD = re.compile(r'(?:/media/|")([A-Za-z0-9_-][A-Za-z0-9_./-]*\.[a-z]{3,4})\b')


@dataclass(frozen=True)
class Left:
    """What was written: counts of files and of papers; those in the trash stayed behind."""

    files: int
    papers: int
    drafts: int
    trash: int


def write_folder(folder: Path) -> Left:
    """Write everything but the trash into a new or an empty folder.

    It is written beside its place first, so that there it is whole or not at all. Raises OSError.
    """
    folder = folder.resolve()
    draft = folder.with_name(f".{folder.name}.leaving")
    shutil.rmtree(draft, ignore_errors=True)  # of a run that was killed
    draft.mkdir(parents=True)
    try:
        files = _write(draft)
        draft.rename(folder)  # over an empty folder, too
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    papers = Publication.objects
    return Left(
        files=files,
        papers=papers.public().count(),
        drafts=papers.filter(visibility=Visibility.DRAFT).count(),
        trash=papers.filter(visibility=Visibility.TRASH).count(),
    )


def _write(folder) -> int:
    """Write all files; return how many."""
    texts = {}
    with job("Writing", Publication.objects.count()) as advance:
        for path, pieces in _texts():
            texts[path] = text_digest(_written(folder / path, pieces))
            advance(path.startswith("_publications/"))
    uploads: set[str] = set()
    for table in TABLES:
        rows = (json.dumps(row, ensure_ascii=False, indent=1) for row in rows_of(table))
        data = _written(folder / DATA / f"{table.name}.json", _as_list(rows))
        uploads |= set(UPLOAD.findall(data.decode()))
    files = {name: sum_ for name in sorted(uploads) if (sum_ := _copied(name, folder))}
    index = {"version": VERSION, "texts": texts, "files": files}
    _written(folder / INDEX, [json.dumps(index, ensure_ascii=False, indent=1)])
    return len(texts) + len(TABLES) + 1 + len(files)


def _texts() -> Iterator[tuple[str, Iterable[str]]]:
    """Yield the path and the pieces of each text that people or Jekyll read."""
    for path, text in pages():
        yield path, [text]
    papers = Publication.objects.public().confirmed().newest_first()
    yield "publications.bib", export_public(papers, FORMATS["bibtex"], base=settings.SITE_URL)
    others = Redirect.objects.filter(site_id=settings.SITE_ID).exclude(new_path="/")
    lines = [f"{row.old_path} {row.new_path} 301\n" for row in others if row.new_path]
    if lines:
        yield "_redirects", lines


def _as_list(rows: Iterable[str]) -> Iterator[str]:
    """Yield a list in JSON, an item at a time."""
    start = "[\n"
    for row in rows:
        yield start + row
        start = ",\n"
    yield "[]\n" if start == "[\n" else "\n]\n"


def _written(path, pieces) -> bytes:
    """Write a text; return it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = "".join(pieces).encode()
    path.write_bytes(data)
    return data


def _copied(name, folder) -> str:
    """Copy an upload, apart if only drafts have it; return its digest, "" if there is none."""
    try:
        media.find(name)
    except Http404:
        return ""
    target = folder / UPLOADS[is_hidden_file(name)] / name
    target.parent.mkdir(parents=True, exist_ok=True)
    with default_storage.open(name) as source, target.open("wb") as copy:
        shutil.copyfileobj(source, copy)
    return digest(target.read_bytes())
