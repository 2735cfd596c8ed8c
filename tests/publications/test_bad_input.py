"""What people, and attackers, put into identifiers, pages and imports.

Numbered as in the project's list of forty bad inputs, 15 to 25; the others are in
`tests/homepage/test_bad_input.py`. Time is never measured by the clock alone: four times the
input takes about four times as long.
"""

import json
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from publications.formats import READABLE, WRITABLE
from publications.formats.bibtex import reader as bibtex
from publications.formats.csl import reader as csl
from publications.formats.handwritten import document
from publications.models import ImportRun, Publication
from publications.records import PublicationRecord
from tests.factories import make_publication
from tests.forms import form_values
from tests.timing import grows_with_its_size

IMPORT = reverse("admin:publications_publication_import")
ADD = reverse("admin:publications_publication_add")


def page(response):
    return BeautifulSoup(response.content, "html.parser")


def errors(response):
    return " ".join(error.text for error in page(response).select(".errorlist li, .errornote"))


def add_paper(editor, **values):
    return editor.post(ADD, form_values(editor.get(ADD)) | {"title": "A title"} | values)


def notices(response):
    return " ".join(one.text for one in page(response).select(".messagelist li"))


class TestIdentifiers:
    @pytest.mark.parametrize(
        ("typed", "doi"),
        [
            ("doi:10.1000/x.", "10.1000/x"),
            ("http://dx.doi.org/10.1000/X", "10.1000/x"),
            ("10.1000／x", "10.1000/x"),
            ("(https://doi.org/10.1000/x)", "10.1000/x"),
        ],
    )
    def test_15_a_doi_is_put_in_order(self, editor, typed, doi):
        add_paper(editor, doi=typed)

        assert Publication.objects.get().doi.lower() == doi

    @pytest.mark.parametrize("typed", ["10.1/x", "see the journal", "10.1000/", "10.1000/x y"])
    def test_15_what_is_none_is_refused_with_an_example(self, editor, typed):
        response = add_paper(editor, doi=typed)

        assert "10." in errors(response)
        assert not Publication.objects.exists()

    def test_15_a_doi_is_escaped_where_it_stands_in_an_address(self, editor):
        paper = make_publication(doi='10.1000/<script>"')

        shown = page(Client().get(paper.get_absolute_url()))

        assert shown.select_one("a[href='https://doi.org/10.1000/%3Cscript%3E%22']")
        assert "<script>" not in str(shown.select("a"))

    @pytest.mark.parametrize(
        ("field", "typed", "kept"),
        [
            ("isbn", "0-8044-2957-x", "080442957X"),
            ("issn", "2434-561x", "2434-561X"),
            ("arxiv_id", "math.GT/0309136v2", "math/0309136"),
            ("arxiv_id", "https://arxiv.org/pdf/2101.00001v3.pdf", "2101.00001"),
        ],
    )
    def test_16_numbers_of_every_form_are_put_in_order(self, editor, field, typed, kept):
        response = add_paper(editor, **{field: typed})

        assert response.status_code == 302, errors(response)
        value = getattr(Publication.objects.get(), field)
        assert value.replace("-", "") == kept.replace("-", "") or value.startswith(
            "math.GT/0309136"
        )

    @pytest.mark.parametrize(
        ("field", "typed"),
        [("isbn", "0-8044-2957-1"), ("issn", "2434-5611"), ("arxiv_id", "2101.1"), ("isbn", "123")],
    )
    def test_16_a_wrong_number_is_refused_with_the_reason(self, editor, field, typed):
        response = add_paper(editor, **{field: typed})

        assert errors(response)
        assert not Publication.objects.exists()

    def test_16_a_wrong_number_in_an_import_is_kept_and_named(self):
        text = (
            "@book{k, title = {A}, isbn = {0-8044-2957-1}, eprint = {2101.1}, eprinttype = {arxiv}}"
        )
        loaded = bibtex.load(text)

        (record,) = loaded.records
        assert (record.isbn, record.arxiv_id) == ("", "")
        assert "0-8044-2957-1" in str(record.extra)
        assert "2101.1" in str(record.extra)
        assert any("ISBN" in problem.message for problem in loaded.problems)


class TestAddressesAndDatesThatCome:
    BAD = ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "http://u:p@example.org/"]

    @pytest.mark.parametrize("bad", BAD)
    @pytest.mark.parametrize("format", ["bibtex", "ris", "csl", "markdown"])
    def test_17_no_address_that_acts_comes_in_by_any_format(self, format, bad):
        text = {
            "bibtex": f"@misc{{k, title = {{A study}}, url = {{{bad}}}}}",
            "ris": f"TY  - JOUR\nTI  - A study\nUR  - {bad}\nER  - \n",
            "csl": json.dumps([{"title": "A study", "URL": bad}]),
            "markdown": "# Papers\n\n"
            + "".join(
                f"- **A study {n}** [pdf]({bad})\n  Jane Doe, Jo Roe\n  *V*, 2020\n" for n in "abc"
            ),
        }[format]

        loaded = READABLE[format].load(text)

        assert loaded.records
        assert not [link for record in loaded.records for link in record.links if link.url == bad]

    @pytest.mark.parametrize("year", ["0000", "99999", "Spring 2024", "24", "-5"])
    @pytest.mark.parametrize("format", ["bibtex", "ris", "csl"])
    def test_18_a_year_that_cannot_be_is_kept_as_text(self, format, year):
        text = {
            "bibtex": f"@misc{{k, title = {{A study}}, year = {{{year}}}}}",
            "ris": f"TY  - JOUR\nTI  - A study\nPY  - {year}\nER  - \n",
            "csl": json.dumps([{"title": "A study", "issued": {"raw": year}}]),
        }[format]

        (record,) = READABLE[format].load(text).records

        assert record.year in (None, 2024)
        assert year.strip("0") in f"{record.extra} {record.note}" or record.year == 2024

    def test_18_a_day_that_is_in_no_month_is_none(self):
        loaded = bibtex.load("@misc{k, title = {A}, date = {2024-02-30}}")

        (record,) = loaded.records
        assert (record.year, record.day) == (2024, None)
        assert "2024-02-30" in str(record.extra) or loaded.problems

    @pytest.mark.parametrize(
        ("typed", "shown", "written"),
        [
            ("12-17", "pp. 12–17", "12--17"),
            ("12--34", "pp. 12–34", "12--34"),
            ("12–34", "pp. 12–34", "12--34"),
            ("e123", "p. e123", "e123"),
            ("S1-S20", "pp. S1–S20", "S1--S20"),
        ],
    )
    def test_19_pages_are_taken_as_they_come(self, editor, typed, shown, written):
        add_paper(editor, pages=typed, venue_name="Journal of Things", kind="article-journal")

        paper = Publication.objects.get()
        assert shown in page(Client().get(paper.get_absolute_url())).text
        assert f"{{{written}}}" in Client().get("/publications.bib").content.decode()

    @pytest.mark.parametrize(
        ("typed", "is_odd"), [("12-7", True), ("1012-17", False), ("7-12", False)]
    )
    def test_19_pages_that_run_backwards_are_pointed_out(self, editor, typed, is_odd):
        values = form_values(editor.get(ADD)) | {"title": "A title", "pages": typed}
        response = editor.post(ADD, values, follow=True)

        assert Publication.objects.get().pages == typed
        assert ("The pages run backwards: 12-7." in notices(response)) == is_odd


BROKEN = """@article{open, title = {An open entry}, year = 2020

@article{, title = {No key}, year = 2021}
@article{twice, title = {First of a key}, year = 2021}
@article{twice, title = {Second of a key}, year = 2022, year = 2023}
@article{lost title {Lost}}
@article{good, title = {Good}, year = 2024}
"""


class TestBibTeX:
    def test_20_of_a_broken_paste_the_good_is_offered_and_the_bad_named_by_line(self, editor):
        response = editor.post(IMPORT, {"text": BROKEN})

        said = page(response).text
        for title in ("An open entry", "No key", "First of a key", "Second of a key", "Good"):
            assert title in said
        for line in ("line 1", "line 5", "line 6"):
            assert line in said
        assert not Publication.objects.exists()

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("@article{k, title = {x}}\n" * 2001, "2000"),
            ("@book{k, title = {" + "{" * 60 + "x" + "}" * 60 + "}}", "50 levels"),
            ("x" * 1_000_001, "1 MB"),
        ],
        ids=["many", "deep", "large"],
    )
    def test_21_a_paste_has_limits_that_are_said(self, editor, text, sentence):
        response = editor.post(IMPORT, {"text": text})

        assert response.status_code == 200
        assert sentence in page(response).text
        assert not ImportRun.objects.exists()

    def test_21_the_command_has_none_of_them(self, db, tmp_path):
        path = tmp_path / "long.bib"
        deep = "@book{deep, title = {" + "{" * 60 + "x" + "}" * 60 + "}}\n"
        long = "".join(
            f"@book{{k{n}, title = {{T{n}}}, note = {{{'x' * 600}}}}}\n" for n in range(2001)
        )
        path.write_text(deep + long)
        assert path.stat().st_size > 1_000_000

        out = StringIO()
        call_command("import_publications", path, dry_run=True, stdout=out)

        assert "2002 added" in out.getvalue() or "2002 new" in out.getvalue()

    def test_22_commands_are_text_and_accents_are_letters(self, tmp_path):
        secret = tmp_path / "secret"
        secret.write_text("confidential")
        text = (
            f"@misc{{k, title = {{A \\input{{{secret}}} \\write18{{ls}} \\foo{{bar}} B}},\n"
            "  author = {M{\\\"u}ller, J{\\'o}n and M\\\"{u}ller, \\'Ana},\n"
            "  note = {\\url{javascript:alert(1)}}}"
        )
        loaded = bibtex.load(text)

        (record,) = loaded.records
        assert "confidential" not in str(record)
        assert str(secret) in record.title
        assert [str(name) for name in record.authors] == ["Jón Müller", "Ána Müller"]
        assert any("\\foo" in problem.message for problem in loaded.problems)
        assert not [link for link in record.links if "javascript" in link.url]

    @pytest.mark.parametrize(
        ("data", "warning"),
        [
            ("\ufeff@misc{k,\r\n title = {Café “x”}\r\n}\r\n".encode(), ""),
            ("@misc{k, title = {Café “x”}}".encode("utf-16"), ""),
            ("@misc{k, title = {Café “x”}}".encode("cp1252"), "Windows"),
            (b"@misc{k, title = {Caf&eacute; &ldquo;x&rdquo;}}", ""),
        ],
        ids=["bom-crlf", "utf-16", "cp1252", "entities"],
    )
    def test_23_bytes_of_every_kind_are_read(self, editor, data, warning):
        response = editor.post(IMPORT, {"file": SimpleUploadedFile("my.bib", data)})

        said = page(response).text
        assert "Café “x”" in said
        assert warning in said


class TestImports:
    FIRST = "@article{k, title = {A study of rooms}, doi = {10.1000/rooms}, year = 2020}"

    def bib(self, tmp_path, text):
        path = tmp_path / "my.bib"
        path.write_text(text)
        return path

    def run(self, path):
        out = StringIO()
        call_command("import_publications", path, stdout=out)
        return out.getvalue()

    def test_24_the_same_file_again_changes_nothing(self, db, tmp_path):
        path = self.bib(tmp_path, self.FIRST)
        self.run(path)

        assert "Nothing to do" in self.run(path)
        assert Publication.objects.count() == 1

    def test_24_another_title_for_a_known_doi_is_shown_before_it_is_taken(self, editor, tmp_path):
        self.run(self.bib(tmp_path, self.FIRST))
        changed = self.FIRST.replace("of rooms", "of walls")

        said = page(editor.post(IMPORT, {"text": changed})).text

        assert "A study of rooms" in said
        assert "A study of walls" in said
        assert Publication.objects.get().title == "A study of rooms"

    def test_24_what_the_owner_wrote_is_not_overwritten(self, db, tmp_path):
        self.run(self.bib(tmp_path, self.FIRST))
        Publication.objects.update(title="My own title")

        report = self.run(self.bib(tmp_path, self.FIRST.replace("of rooms", "of walls")))

        assert Publication.objects.get().title == "My own title"
        assert "A study of walls" in report

    @pytest.mark.parametrize(
        "text",
        [
            json.dumps([{"title": ["x"], "author": 5, "issued": "2020", "DOI": {}}, 7, "x", None]),
            "[" * 10_000 + "]" * 10_000,
            '[{"title": NaN}]',
            '{"items": 5}',
            "[" + "{}," * 100_000 + "{}]",
            "[" + "1" * 10_000 + "]",
        ],
        ids=["types", "deep", "nan", "wrapper", "many", "number"],
    )
    def test_25_json_of_the_wrong_shape_is_an_error_of_the_form(self, editor, text):
        response = editor.post(IMPORT, {"text": text, "format": "csl"})

        assert response.status_code == 200
        assert page(response).select(".errorlist, .errornote") or "only kept" in page(response).text
        assert not Publication.objects.exists()

    def test_25_a_key_that_stands_twice_is_kept(self):
        (record,) = csl.load('[{"title": "A", "note": "one", "note": "two"}]').records

        assert "two" in str(record.extra)

    def test_25_the_command_says_so_in_a_sentence(self, db, tmp_path):
        path = tmp_path / "my.json"
        path.write_text("[" * 10_000)

        with pytest.raises(CommandError, match="deeper than 50 levels"):
            call_command("import_publications", path)


HOSTILE = {
    "open entries": (bibtex.load, lambda n: "@article{" * n, 2_000),
    "lines of open entries": (bibtex.load, lambda n: "@book{k, title = {x},\n" * n, 200),
    "braces": (bibtex.load, lambda n: "@book{k, title = {" + "{" * n + "}" * n + "}}", 2_000),
    "quotes": (bibtex.load, lambda n: '@a{k,t="' * n, 300),
    "macros": (
        bibtex.load,
        lambda n: (
            "@string{a0 = {xxxxxxxx}}\n"
            + "".join(f"@string{{a{i + 1} = a{i} # a{i}}}\n" for i in range(n))
            + f"@book{{k, title = a{n}}}"
        ),
        200,
    ),
    "crossref": (
        bibtex.load,
        lambda n: "".join(
            f"@book{{k{i}, title = {{A}}, crossref = {{k{(i + 1) % n}}}}}\n" for i in range(n)
        ),
        1_000,
    ),
    "names": (bibtex.load, lambda n: "@a{k, title = {A}, author = {" + "B and " * n + "C}}", 1_000),
    "math": (bibtex.load, lambda n: "@a{k, title = {" + "$x" * n + "}}", 2_000),
    "json": (csl.load, lambda n: '[{"title": "' + "<i>" * n + '"}]', 700),
    "open lists": (csl.load, lambda n: "[" * n, 5_000),
    "open objects": (csl.load, lambda n: '{"a":' * n, 5_000),
    "items": (csl.load, lambda n: "[" + '{"title":"A"},' * n + "{}]", 1_000),
    "digits": (csl.load, lambda n: '[{"volume": ' + "1" * n + "}]", 5_000),
    "items of a list": (document.load, lambda n: "# Papers\n\n" + "- [" * n, 700),
    "emphasis": (document.load, lambda n: "# Papers\n\n- " + "**a** *b* " * n, 500),
    "commas": (document.load, lambda n: "# Papers\n\n- " + "Jane Doe, " * n, 800),
    "tags": (document.load, lambda n: "# Papers\n\n<ul><li>" + "<div><b>" * n, 500),
    "rows": (document.load, lambda n: "# Papers\n\n" + "<table><tr><td>a" * n, 500),
    "headings": (document.load, lambda n: "# Papers\n\ntext\n\n" * n, 150),
    "brackets": (document.load, lambda n: "# Papers\n\n- **T** " + "[[pdf](u)]" * n, 1_000),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_21_hostile_input_takes_no_more_than_linear_time(name):
    load, text, size = HOSTILE[name]
    assert grows_with_its_size(load, text(size // 2), text(2 * size))


@pytest.mark.parametrize("format", WRITABLE)
def test_21_what_was_read_is_written_whatever_it_is(format):
    record = PublicationRecord(title="{" * 500 + "\\$%&#_^~<>]", note="]]>}\\", kind="document")

    assert WRITABLE[format].dump([record])


def test_17_a_path_that_an_import_brought_can_be_saved_and_is_led_from_the_root(editor):
    paper = make_publication(links=[("pdf", "files/room.pdf")])
    address = reverse("admin:publications_publication_change", args=[paper.pk])

    response = editor.post(address, form_values(editor.get(address)) | {"title": "Another"})

    assert response.status_code == 302, errors(response)
    assert paper.links.get().url == "files/room.pdf"
    assert page(Client().get(paper.get_absolute_url())).select_one("a[href='/files/room.pdf']")
