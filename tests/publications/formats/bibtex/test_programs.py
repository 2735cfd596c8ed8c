"""bibtex and biber over what we write: they warn of nothing but fields that the source lacks.

Debian has them in texlive-binaries, texlive-base (the styles) and biber.
"""

import os
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from homepage.common.decode import decode
from publications.exporting import export
from publications.formats import FORMATS
from publications.formats.bibtex.reader import load
from publications.formats.bibtex.writer import dump, dump_latex
from publications.models import Publication
from tests.homepage.test_import_site import run

from .test_reader import WHOLE

EXAMPLES = Path(os.environ.get("EXAMPLES_DIR") or "/nonexistent")
FILES = sorted((EXAMPLES / "bib").glob("*.bib"))
SEED = EXAMPLES.parent / "seeds" / "about.md"
SAMPLE = Path(__file__).parents[4] / "homepage" / "sample" / "about.md"

# What old styles know no place for, what biblatex acts on, what looks like something else.
ODD = r"""
@article{a, title = {A}, author = {Doe, Jane}, journal = {J}, year = 2020, number = 3}
@inproceedings{b, title = {B}, author = {Doe, Jane}, booktitle = {C}, year = 2020, volume = 1,
  number = 2, crossref = {gone}, xdata = {gone}, related = {gone}, options = {useprefix}}
@book{c, title = {C}, author = {Doe, Jane}, editor = {Roe, John}, publisher = {P}, year = {c. 1865}}
@inbook{d, title = {D}, author = {Doe, Jane}, editor = {Roe, John}, booktitle = {B}, pages = {1-2},
  publisher = {P}, year = 2020}
@patent{e, title = {E}, author = {Doe, Jane}, number = {US 1}, date = {2020-05/2020-06}}
@standard{f, title = {F}, author = {{ISO}}, year = {2020--21}, urldate = {May 1, 2020}}
@thesis{g, title = {G}, author = {Doe, Jane}, institution = {U}, date = {2020}, type = {mathesis}}
@online{h, title = {H}, author = {Doe, Jane}, url = {https://a.org/x_y}, urldate = {2020-05-01}}
@misc{i, title = {I}, author = {肖明庆 and family=Beethoven, given=Ludwig, prefix=van and others},
  year = 2020, month = {Spring}, eprint = {2104.08253v2}, archiveprefix = {arXiv}, isbn = {none}}
@article{j#1, title = {J}, author = {Doe, Jane}, journal = {J}, year = 2020, editor = {A, B, C, D},
  month = {Feburary}, pages = {--}, abstract = {Before

x = {a}

@book{more, after}}
@manual{k, title = {K}, organization = {O}, year = 2020}
@unpublished{l, title = {L}, author = {Doe, Jane}, note = {To appear}, year = 2020}
@collection{m, title = {M}, editor = {Doe, Jane}, publisher = {P}, year = 2020}
@software{n, title = {N}, author = {Doe*, Jane and {Group, The}}, year = 2020, version = 1}
@misc{o, title = {{Ü}: a \& b $x_1$ \emph{c} #1 100\% 5\$ "q" ~}, author = {M{\"u}ller, J.}, year = 2020}
"""

pytestmark = [
    pytest.mark.skipif(
        not all(map(shutil.which, ("bibtex", "biber"))),
        reason="bibtex and biber are not here: apt install texlive-binaries texlive-base biber",
    ),
    pytest.mark.parametrize("write", [dump, dump_latex]),
]


def warnings(text, folder):
    """Return what bibtex with its plain style, and biber, say of a file, one line each."""
    (folder / "x.bib").write_text(text, encoding="utf-8")
    (folder / "x.aux").write_text("\\relax\n\\citation{*}\n\\bibstyle{plain}\n\\bibdata{x}\n")
    said = _run(folder, "bibtex", "x").partition("Database file #1: x.bib\n")[2]
    lines = [line for line in said.splitlines() if not line.startswith(("--line", "(There"))]
    said = _run(folder, "biber", "--tool", "--output-file=out.bib", "x.bib")
    return lines + re.findall(r"^(?:WARN|ERROR|FATAL).*", said, re.M)


def _run(folder, *command):
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=120)
    return (done.stdout + done.stderr).decode("utf-8", "replace")


EMPTY = re.compile(r"Warning--(?:empty (?P<names>[\w ]+)|to sort, need .*) in (?P<key>\S+)$")


def unexpected(found, records):
    """Return the warnings but those of a field that the source of the record lacks, too."""
    texts = {record.citation_key: record.text.lower() for record in records}
    return [line for line in found if not _lacks(EMPTY.match(line), texts)]


def _lacks(match, texts):
    names = (match and match["names"] or "author").split(" and ")
    text = texts.get(match["key"], "") if match else ""
    return bool(match) and not any(
        re.search(rf"\b{name}\s*=\s*[{{\"]?\s*\w", text) for name in names
    )


def test_odd_entries(write, tmp_path):
    records = load(WHOLE + ODD).records
    assert len(records) == 16

    assert unexpected(warnings(write(records), tmp_path), records) == []


@pytest.mark.slow
@pytest.mark.skipif(not FILES, reason="EXAMPLES_DIR is not set: no real files to try")
def test_real_files(write, tmp_path):
    records = [record for path in FILES for record in load(decode(path.read_bytes()).text).records]

    assert unexpected(warnings(write(records), tmp_path), records) == []


@pytest.mark.django_db
@pytest.mark.parametrize("page", [SAMPLE, SEED], ids=["sample", "seed"])
def test_a_site_that_came_from_a_page(write, page, tmp_path):
    if not page.exists():
        pytest.skip("the seed page does not lie beside EXAMPLES_DIR")
    run(page, verbosity=0)
    format = FORMATS["bibtex"]
    if write is dump_latex:
        format = replace(format, write=format.write_latex)
    text = "".join(export(Publication.objects.public().confirmed(), format))

    found = warnings(text, tmp_path)

    # A list on a page names no publisher and no journal of a preprint.
    assert [line for line in found if not EMPTY.match(line)] == []
    assert not any("author" in line or "title" in line for line in found)
