"""Files of publications from the command line to the rows."""

import io
import json
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from publications.models import Category, ImportRun, Publication, Source
from tests.factories import make_category, make_publication

pytestmark = pytest.mark.django_db

RIS = """TY  - JOUR
TI  - Learning to walk
AU  - Doe, Jane
T2  - Neural Networks
PY  - 2020
DO  - 10.1000/walk
KW  - walking
ER  -

TY  - CPAPER
TI  - Learning to run
AU  - Doe, Jane
PY  - 2021
ER  -
"""
CSL = json.dumps(
    [
        {"type": "article-journal", "title": "Learning to walk", "DOI": "10.1000/WALK"},
        {"type": "book", "title": "All about legs", "issued": {"date-parts": [[2019]]}},
    ]
)


@pytest.fixture
def write(tmp_path):
    def write(content, name):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write


def run(*files, **options):
    out = StringIO()
    call_command("import_publications", *files, stdout=out, **options)
    return out.getvalue()


def titles():
    return sorted(Publication.objects.values_list("title", flat=True))


def test_papers_come_in_with_a_report_of_each(write):
    out = run(write(RIS, "my.ris"))

    assert out == (
        "Read my.ris (RIS)\n"
        "  Line 1: new: Learning to walk\n"
        "    1 author; Neural Networks; 2020; DOI 10.1000/walk\n"
        "  Line 10: new: Learning to run\n"
        "    1 author; no venue; 2021\n"
        "Imported my.ris: 2 publications (2 new).\n"
    )
    walk = Publication.objects.get(title="Learning to walk")
    assert (walk.venue.name, walk.year, walk.doi) == ("Neural Networks", 2020, "10.1000/walk")
    assert [str(row.author) for row in walk.authorships.all()] == ["Jane Doe"]
    source = walk.sources.get()
    assert (source.format, source.line, source.extra) == ("ris", 1, {"topics": ["walking"]})
    assert source.text.startswith("TY  - JOUR\nTI  - Learning to walk")


def test_papers_are_filed_under_the_category_of_their_kind(write):
    mine = make_category("My papers", default_kind="article-journal", position=3)

    run(write(RIS, "my.ris"))

    filed = {row.title: row.category for row in Publication.objects.all()}
    assert filed["Learning to walk"] == mine
    made = filed["Learning to run"]
    assert (made.title, made.default_kind, made.position) == (
        "Conference Papers",
        "paper-conference",
        4,
    )


def test_a_heading_of_that_name_is_used_though_it_names_no_kind(write):
    mine = make_category("Journal Papers")

    run(write(RIS, "my.ris"))

    assert Publication.objects.get(title="Learning to walk").category == mine


def test_the_same_file_again_changes_nothing(write):
    path = write(RIS, "my.ris")
    run(path)
    before = list(Publication.objects.values_list())

    out = run(path)

    assert out.endswith("Nothing to do, the site has it all already: "
                        "2 publications (0 new, 2 unchanged).\n")  # fmt: skip
    assert list(Publication.objects.values_list()) == before
    assert ImportRun.objects.count() == 1


def test_a_changed_title_under_a_known_doi_is_shown_with_old_and_new(write):
    run(write(RIS, "my.ris"))

    out = run(write(RIS.replace("Learning to walk", "Learning to stroll"), "my.ris"))

    assert "title: Learning to walk → Learning to stroll" in out
    assert titles() == ["Learning to run", "Learning to stroll"]


def test_what_was_edited_here_stays_and_what_lies_in_the_trash_stays_there(write):
    run(write(RIS, "my.ris"))
    Publication.objects.filter(year=2020).update(title="My own title")
    Publication.objects.filter(year=2021).update(visibility="trash")

    out = run(write(RIS.replace("walk\n", "wander\n", 1), "my.ris"))

    assert "title: edited here, kept My own title (the source says Learning to wander)" in out
    assert "in the trash: Learning to run" in out
    assert Publication.objects.public().get().title == "My own title"


def test_several_files_are_one_import_and_a_paper_in_two_of_them_is_one(write):
    out = run(write(RIS, "my.ris"), write(CSL, "more.json"))

    assert titles() == ["All about legs", "Learning to run", "Learning to walk"]
    assert out.endswith("Imported my.ris, more.json: 4 publications (3 new, 1 unchanged).\n")
    walk = Publication.objects.get(title="Learning to walk")
    assert set(walk.sources.values_list("format", flat=True)) == {"ris", "csl"}
    positions = dict(Publication.objects.values_list("title", "position"))
    assert positions == {"Learning to walk": 1, "Learning to run": 2, "All about legs": 4}


def test_if_one_file_is_bad_nothing_comes_in(write):
    with pytest.raises(CommandError, match=r"^bad\.json holds no publication in CSL-JSON"):
        run(write(RIS, "my.ris"), write("[{]", "bad.json"))

    assert not Publication.objects.exists()


@pytest.mark.parametrize("names", [["my.ris"], ["my.ris", "more.json"]])
def test_a_dry_run_says_the_same_and_saves_nothing(write, names):
    paths = [write({"my.ris": RIS, "more.json": CSL}[name], name) for name in names]

    dry = run(*paths, dry_run=True)
    assert not Publication.objects.exists()
    assert not Category.objects.exists()
    assert not ImportRun.objects.exists()

    real = run(*paths)
    assert dry.splitlines()[:-1] == real.splitlines()[:-1]
    assert dry.splitlines()[-1].startswith("Dry run, nothing was saved: ")


def test_a_bad_entry_costs_only_itself_and_is_named_with_its_line(write):
    out = run(write(RIS + "\nTY  - JOUR\nAU  - Doe, Jane\nER  - \n", "my.ris"))

    assert "Warning: line 16: the entry has no title, so it is left out" in out
    assert out.endswith("Imported my.ris: 2 publications (2 new), 1 problem.\n")


def test_standard_input_is_read(monkeypatch):
    stdin = SimpleNamespace(buffer=io.BytesIO(CSL.encode()))
    monkeypatch.setattr("sys.stdin", stdin)

    assert "Read standard input (CSL-JSON)" in run("-")
    assert Source.objects.count() == 2


def test_another_encoding_is_read_with_a_warning(write):
    out = run(write(RIS.replace("Jane", "Jäne").encode("cp1252"), "my.ris"))

    assert "Warning: line 3 is not UTF-8; the file was read as Windows-1252 (Latin-1)" in out
    assert Publication.objects.filter(authors__given="Jäne").count() == 2


def test_bytes_of_utf16_and_carriage_returns_are_read(write):
    run(write(RIS.replace("\n", "\r\n").encode("utf-16"), "my.ris"))

    assert titles() == ["Learning to run", "Learning to walk"]


def test_nothing_is_said_at_verbosity_0(write):
    assert run(write(RIS, "my.ris"), verbosity=0) == ""
    assert Publication.objects.count() == 2


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        ("", "my.ris", "my.ris is empty: there is nothing to import."),
        ("Some words", "my.txt", "my.txt is not recognised as "),
        (
            "# Papers\n\n- One\n",
            "list.md",
            "list.md holds no publication in Markdown list (line 3: the text under “Papers” is no",
        ),
        (b"\x00\x01\x02" * 50, "my.ris", "my.ris: it is not a text file. Give "),
        ("TY  - JOUR\nER  - \n", "my.ris", "my.ris holds no publication in RIS (line 1: the"),
        ("[" * 10_000, "my.json", "my.json holds no publication in CSL-JSON (the file nests"),
    ],
)
def test_bad_files_get_one_sentence(write, content, name, message):
    with pytest.raises(CommandError) as error:
        run(write(content, name))

    assert str(error.value).startswith(message)
    assert "\n" not in str(error.value)


def test_missing_files_and_folders_get_one_sentence(tmp_path):
    with pytest.raises(CommandError, match="There is no file .*gone.bib: check the path"):
        run(str(tmp_path / "gone.bib"))
    with pytest.raises(CommandError, match="is a folder: name the files in it"):
        run(str(tmp_path))


def test_papers_changed_while_the_import_was_planned_stop_it(write, monkeypatch):
    from publications import sources

    def planned(*args):
        outcome = plan(*args)
        make_publication("Meanwhile")
        return outcome

    plan = sources._planned
    monkeypatch.setattr(sources, "_planned", planned)

    with pytest.raises(CommandError, match="changed meanwhile: import again"):
        run(write(RIS, "my.ris"))
    assert titles() == ["Meanwhile"]


HEADED = """# Publications

## Journal Papers

### 2021
- **A Study of Walls**  
  Jane Doe, John Roe  
  *Journal of Walls*, 2021

## Popular Writing

- **What Walls Say**  
  Jane Doe, John Roe  
  *The Daily Wall*, 2020
- **What Rooms Say**  
  Jane Doe, John Roe  
  *The Daily Wall*, 2019
"""  # fmt: skip  # noqa: W291


def test_a_hand_written_list_is_filed_under_its_headings(db, tmp_path):
    path = tmp_path / "list.md"
    path.write_text(HEADED)
    call_command("import_publications", path, stdout=StringIO())

    titles = {paper.title: paper.category.title for paper in Publication.objects.all()}
    assert titles == {
        "A Study of Walls": "Journal Papers",
        "What Walls Say": "Popular Writing",
        "What Rooms Say": "Popular Writing",
    }
    out = StringIO()
    call_command("import_publications", path, stdout=out)
    assert "Nothing to do" in out.getvalue()


def test_papers_that_are_here_stay_where_their_owner_filed_them(db, tmp_path):
    mine = make_category("Mine")
    make_publication("What Walls Say", year=2020, category=mine)
    path = tmp_path / "list.md"
    path.write_text(HEADED)
    call_command("import_publications", path, stdout=StringIO())

    assert Publication.objects.get(title="What Walls Say").category == mine
