"""BibTeX files that are not ours to ship: EXAMPLES_DIR names their folder.

It holds `bib/*.bib`, and `truth.json` with facts checked by hand. Other files may lie there.
"""

import json
import os
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from homepage.common.decode import decode
from publications.formats.bibtex.reader import load
from publications.formats.bibtex.writer import dump, dump_latex
from publications.models import Publication, Source

EXAMPLES = Path(os.environ.get("EXAMPLES_DIR") or "/nonexistent")
FILES = sorted((EXAMPLES / "bib").glob("*.bib"))

pytestmark = [
    pytest.mark.skipif(not FILES, reason="EXAMPLES_DIR is not set: no real files to try"),
    pytest.mark.parametrize("path", FILES, ids=lambda path: path.name),
]


def read(path):
    return load(decode(path.read_bytes()).text)


def facts(path):
    found = json.loads((EXAMPLES / "truth.json").read_text())["bib"].get(path.name)
    if found is None:
        pytest.skip(f"truth.json says nothing of {path.name}")
    return found


def test_every_entry_is_read(path):
    truth = facts(path)
    loaded = read(path)

    assert len(loaded.records) == truth["n"]
    keys = [record.citation_key or record.extra["citation_key"] for record in loaded.records]
    assert keys == truth["keys"]
    assert sum(not record.authors for record in loaded.records) == truth["no_author"]


def test_every_fault_is_named_with_its_line(path):
    lines = [problem.line for problem in read(path).problems]

    for fault in facts(path)["syntax_problems"]:
        # The line of the entry, or that of the fault itself, a few lines down.
        assert any(fault["line"] <= line <= fault["line"] + 5 for line in lines), fault


def test_what_is_written_is_read_again(path):
    records = read(path).records

    for write in (dump, dump_latex):
        again = load(write(records)).records
        pairs = zip(records, again, strict=True)
        doubled = Counter(record.citation_key.lower() for record in records)
        for one, other in pairs:
            if doubled[one.citation_key.lower()] == 1:
                assert one == other


@pytest.mark.django_db
def test_the_same_file_again_changes_nothing(path):
    call_command("import_publications", str(path), verbosity=0)
    before = list(Publication.objects.values_list()), list(Source.objects.values_list())
    out = StringIO()

    call_command("import_publications", str(path), stdout=out)

    assert "Nothing to do, the site has it all already" in out.getvalue()
    assert "(0 new," in out.getvalue()
    assert (list(Publication.objects.values_list()), list(Source.objects.values_list())) == before


@pytest.mark.django_db
def test_what_the_site_exports_changes_nothing_either(path, tmp_path):
    call_command("import_publications", str(path), verbosity=0)
    count = Publication.objects.count()
    for latex in (False, True):
        file = tmp_path / path.name
        call_command("export_publications", output=file, latex=latex, verbosity=0)
        out = StringIO()

        call_command("import_publications", str(file), stdout=out)

        assert f"{count} publications (0 new, {count} unchanged" in out.getvalue()
