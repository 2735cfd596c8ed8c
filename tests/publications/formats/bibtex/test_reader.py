"""BibTeX and BibLaTeX as people write it, entry by entry."""

import pytest

from publications.formats.bibtex.reader import load
from publications.formats.bibtex.writer import dump
from publications.records import AuthorName, Link, PublicationRecord

from .reading import entry, one, said

WHOLE = r"""
@string{ijcv = "International Journal of Computer Vision"}

@Article {xiao2022,
  AUTHOR    = {Xiao, Mingqing and van Beethoven, Ludwig and Doe, Jr., Jane and {ATLAS Collaboration} and others},
  title     = {{Rescaling} of \emph{images} in $O(n)$ time \& space},
  journal   = ijcv,
  abbr      = {IJCV},
  year      = 2022,
  month     = sep # "~25",
  volume    = {130},
  number    = {2},
  pages     = {134--159},
  publisher = "Springer",
  doi       = {https://doi.org/10.1007/s11263-022-01688-4},
  eprint    = {2210.04188},
  archivePrefix = {arXiv},
  primaryClass  = {cs.CV},
  issn      = {0920-5691},
  pdf       = {https://jane.example.org/a_b.pdf},
  code      = {https://github.com/jane/code},
  slides    = {talk.pdf},
  selected  = {true},
  award     = {Oral, Top 3\%},
  abstract  = {We learn
               that 1 < 2.

               Twice.},
  language  = {English},
  keywords  = {images, {networks}},
}
"""


def test_an_entry_is_read_whole_and_what_has_no_column_is_kept_as_it_stands():
    record = one(WHOLE)

    assert record == PublicationRecord(
        title="Rescaling of *images* in $O(n)$ time & space",
        kind="article-journal",
        authors=(
            AuthorName("Mingqing", "Xiao"),
            AuthorName("Ludwig", "Beethoven", "van"),
            AuthorName("Jane", "Doe", suffix="Jr."),
            AuthorName(literal="ATLAS Collaboration"),
        ),
        and_others=True,
        venue="International Journal of Computer Vision",
        venue_acronym="IJCV",
        year=2022,
        month=9,
        day=25,
        volume="130",
        number="2",
        pages="134-159",
        publisher="Springer",
        abstract="We learn\nthat 1 < 2.\n\nTwice.",
        language="en",
        award="Oral, Top 3%",
        doi="10.1007/s11263-022-01688-4",
        arxiv_id="2210.04188",
        issn="0920-5691",
        citation_key="xiao2022",
        links=(
            Link("PDF", "https://jane.example.org/a_b.pdf"),
            Link("code", "https://github.com/jane/code"),
        ),
        selected=True,
        topics=("images", "networks"),
        extra={
            "primaryclass": "cs.CV",
            "slides": "talk.pdf",
            "language": "English",
        },
    )
    assert record.line == 4
    assert record.text == WHOLE[WHOLE.index("@Article") :].strip()
    assert said(WHOLE) == []


@pytest.mark.parametrize(
    ("type", "fields", "kind", "kept"),
    [
        ("article", "", "article-journal", None),
        ("conference", "", "paper-conference", None),
        ("INPROCEEDINGS", "", "paper-conference", None),
        ("incollection", "", "chapter", None),
        ("inbook", "booktitle = {B}", "chapter", None),
        ("inbook", "", "chapter", "inbook"),
        ("book", "", "book", None),
        ("proceedings", "", "book", "proceedings"),
        ("phdthesis", "", "thesis", None),
        ("mastersthesis", "", "thesis", "mastersthesis"),
        ("thesis", "type = {mathesis}", "thesis", "mastersthesis"),
        ("thesis", "type = {Habilitation}", "thesis", "thesis"),
        ("techreport", "", "report", None),
        ("report", "", "report", None),
        ("unpublished", "", "article", "unpublished"),
        ("misc", "", "document", None),
        ("misc", "eprint = {2104.08253}", "article", None),
        ("misc", "url = {https://arxiv.org/abs/2104.08253}", "article", None),
        ("misc", "eprint = {2104.08253}, booktitle = {B}", "document", None),
        ("misc", "entrysubtype = {patent}", "patent", None),
        ("misc", "entrysubtype = {standard}", "document", "standard"),
        ("article", "entrysubtype = {magazine}", "article-magazine", None),
        ("article", "eprint = {2104.08253}, entrysubtype = {article-journal}", "article-journal", None),
        ("article", "journal = {arXiv preprint arXiv:2104.08253}", "article", "article"),
        ("article", "journal = {CoRR}, volume = {abs/2104.08253}", "article", "article"),
        ("online", "", "webpage", None),
        ("electronic", "", "webpage", None),
        ("software", "", "software", None),
        ("dataset", "", "dataset", None),
        ("patent", "", "patent", None),
        ("newspaper", "", "article-newspaper", None),
        ("standard", "", "document", "standard"),
        ("generic", "", "document", "generic"),
    ],
)  # fmt: skip
def test_a_type_gives_the_kind_and_is_kept_where_the_kind_says_less(type, fields, kind, kept):
    record = entry(fields, type)

    assert (record.kind, record.extra.get("entrytype")) == (kind, kept)


@pytest.mark.parametrize(
    ("fields", "date", "kept"),
    [
        ("year = 2022", (2022, None, None), {}),
        ("year = {2022}, month = {9}", (2022, 9, None), {}),
        ("year = {2022}, month = {September}", (2022, 9, None), {}),
        ("year = {2022}, month = sept, day = 25", (2022, 9, 25), {}),
        ("year = {2022}, month = {25 sep.}", (2022, 9, 25), {}),
        ("year = {2022}, month = {Sep--Oct}", (2022, 9, None), {"month": "Sep--Oct"}),
        ("date = {2022-09-25}", (2022, 9, 25), {}),
        ("date = {2022-09}", (2022, 9, None), {}),
        ("date = {2022-09-25/2022-09-27}", (2022, 9, 25), {"date": "2022-09-25/2022-09-27"}),
        ("date = {2022-21}", (2022, None, None), {"date": "2022-21"}),
        ("date = {2022-09}, year = {2022}", (2022, 9, None), {}),
        ("year = {c. 1865 (a)}", (1865, None, None), {"year": "c. 1865 (a)"}),
        ("month = jun", (None, None, None), {"month": "June"}),
        ("year = {1957/1990}", (1957, None, None), {"year": "1957/1990"}),
        ("year = {2019--20}", (2019, None, None), {"year": "2019--20"}),
    ],
)
def test_dates_are_read_and_what_says_more_is_kept(fields, date, kept):
    record = entry(fields)

    assert (record.year, record.month, record.day) == date
    assert record.extra == kept


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ("year = {first or last}", "“first or last” is no year, so it is only kept"),
        ("year = {2022}, month = {Feburary}", "“Feburary” is no month, so it is only kept"),
        ("doi = {none}", "“none” is no DOI, so it is only kept"),
        ("isbn = {123}", "“123” is no ISBN, so it is only kept"),
        (r"title = {A \foo{b}}", r"“\foo” is no LaTeX that is known here; it is kept as text"),
        ("journal = someJournal", "“someJournal” is no macro that @string defines"),
        ("author = {Jane Doe, John Roe, Ann Poe}", "the names are parted by commas, so they are a guess"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_as_it_stands_says_so(fields, problem):
    text = f"\n@article{{k,\n{'' if 'title =' in fields else 'title = {T},'} {fields}}}"

    (message,) = said(text)
    assert message.startswith(f"line 2: k: {problem}")


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ("note = {To appear}", "to-appear"),
        ("year = {in press}", "to-appear"),
        ("pubstate = {inpress}", "to-appear"),
        ("pubstate = {inpress}, note = {to appear}", "to-appear"),
        ("note = {(under review)}", "submitted"),
        ("note = {Accepted}", "accepted"),
        ("note = {To appear in the proceedings}", ""),
    ],
)
def test_a_status_is_read_wherever_it_stands(fields, status):
    record = entry(fields)

    assert record.status == status
    assert bool(record.note) == (not status)


@pytest.mark.parametrize(
    ("fields", "arxiv_id", "kept"),
    [
        ("eprint = {2104.08253}, archiveprefix = {arXiv}", "2104.08253", {}),
        ("eprint = {arXiv:2104.08253v2}, eprinttype = {arxiv}", "2104.08253",
         {"eprint": "arXiv:2104.08253v2"}),
        ("arxiv = {2104.08253}", "2104.08253", {}),
        ("journal = {arXiv:math/0309136}", "math/0309136", {"journal": "arXiv:math/0309136"}),
        ("journal = {arXiv Dec.}, arxiv = {2412.14170}", "2412.14170", {"journal": "arXiv Dec."}),
        ("doi = {10.48550/arXiv.2104.08253}", "2104.08253", {}),
        ("eprint = {hal-01234567}, eprinttype = {hal}", "",
         {"eprint": "hal-01234567", "eprinttype": "hal"}),
    ],
)  # fmt: skip
def test_an_arxiv_id_is_found_wherever_it_stands(fields, arxiv_id, kept):
    record = entry(fields, type="misc")

    assert (record.arxiv_id, record.venue) == (arxiv_id, "")
    assert record.extra == kept


@pytest.mark.parametrize(
    ("fields", "venue", "acronym"),
    [
        ("journal = {J}, abbr = {JX}", "J", "JX"),
        ("journal = {J}, abbr = {ICML 2022}, year = 2022", "J", "ICML"),
        ("journal = {J}, abbr = {ICML'22}, year = 2022", "J", "ICML"),
        ("journal = {J}, abbr = {conference}", "J", ""),
        ("abbr = {ICML}", "ICML", ""),
        ("abbr = {Preprint}", "", ""),
        ("journal = {J}, shortjournal = {PRL}", "J", "PRL"),
        ("journal = {J}, shortjournal = {Phys. Rev. Lett.}", "J", ""),
        ("journaltitle = {J \\& K}", "J & K", ""),
        ("booktitle = {B}, journal = {J}", "J", ""),
        (r"journal = {\apj}", "Astrophysical Journal", ""),
        ("howpublished = {Blog}", "Blog", ""),
        ("maintitle = {M}, booktitle = {B}", "B", ""),
    ],
)
def test_the_venue_and_its_acronym(fields, venue, acronym):
    record = entry(fields)

    assert (record.venue, record.venue_acronym) == (venue, acronym)


def test_a_badge_that_is_no_acronym_is_kept():
    assert entry("abbr = {Preprint}").extra == {"abbr": "Preprint"}
    assert entry("abbr = {ICML 2022}, year = 2022").extra == {"abbr": "ICML 2022"}


@pytest.mark.parametrize(
    ("written", "pages"),
    [
        ("1--20", "1-20"),
        ("1-20", "1-20"),
        ("1 -- 20", "1-20"),
        ("1–20", "1-20"),
        ("i--x,1--217", "i-x,1-217"),
        ("S1-1--S1-20", "S1-1--S1-20"),
        ("e1042", "e1042"),
    ],
)
def test_pages(written, pages):
    assert entry(f"pages = {{{written}}}").pages == pages


def test_several_numbers_in_one_field_are_kept_beside_the_first():
    record = entry("isbn = {978-3-030-58452-8 (print), 9783030584511}")

    assert record.isbn == "9783030584528"
    assert record.extra == {"isbn": "978-3-030-58452-8 (print), 9783030584511"}


def test_al_folios_links_become_links_in_the_order_of_its_buttons():
    record = entry(
        "website = {https://w.org}, html = {https://h.org}, video = {https://v.org}, "
        "pdf = {paper.pdf}, supp = {https://s.org}, bibtex_show = {true}, preview = {a b.png}"
    )

    assert record.links == (
        Link("HTML", "https://h.org"),
        Link("supplement", "https://s.org"),
        Link("website", "https://w.org"),
        Link("video", "https://v.org"),
    )
    assert record.extra == {"pdf": "paper.pdf", "bibtex_show": "true", "preview": "a b.png"}


@pytest.mark.parametrize(
    ("fields", "links"),
    [
        (r"url = {https://a.org/x\_y\%20z~w}", ["https://a.org/x_y%20z~w"]),
        (r"url = {\url{https://a.org}}", ["https://a.org"]),
        (r"howpublished = {\url{https://a.org}}", ["https://a.org"]),
        ("howpublished = {https://a.org}", ["https://a.org"]),
        ("doi = {http://hdl.handle.net/2445/1}", ["http://hdl.handle.net/2445/1"]),
        ("doi = {10.1000/1}, url = {https://doi.org/10.1000/1}", []),
        (r"url = {\url{javascript:alert(1)}}", []),
        ("url = {see there}", []),
    ],
)
def test_addresses(fields, links):
    record = entry(fields)

    assert [link.url for link in record.links] == links
    assert links or record.doi or record.extra


def test_children_take_from_their_parents_what_they_lack_and_own_nothing_of_them():
    text = """
@inproceedings{child, title = {A paper}, pages = {1--2}, crossref = {parent}, xdata = {pub}}
@proceedings{Parent, title = {The book}, editor = {E. Ditor}, year = 2022, doi = {10.1000/1}}
@xdata{pub, publisher = {P}, location = {Rome}}
"""
    child, parent = load(text).records

    assert (child.title, child.venue, child.year, child.publisher) == (
        "A paper",
        "The book",
        2022,
        "P",
    )
    assert (child.doi, parent.title) == ("", "The book")
    assert child.extra == {
        "crossref": "parent",
        "xdata": "pub",
        "editor": "E. Ditor",
        "location": "Rome",
    }
    assert said(text) == []


def test_parents_that_are_missing_or_lead_in_a_circle_are_named():
    text = """
@book{a, title = {A}, crossref = {b}}
@book{b, title = {B}, crossref = {a}}
@book{c, title = {C}, crossref = {gone}}
"""
    assert said(text) == [
        "line 2: a: crossref leads back to “a”, in a circle; correct one of them",
        "line 3: b: crossref leads back to “b”, in a circle; correct one of them",
        "line 4: c: crossref leads to “gone”, which this file has not",
    ]


def test_macros_are_those_of_the_file_alone():
    assert entry("journal = icml").venue == "icml"
    load("@string{icml = {The Conference}}")
    text = '@string{a = "A"}\n@STRING(b = a # { and } # a)\n@book{k, title = b # 1}'

    assert one(text).title == "A and A1"
    assert entry("journal = icml").venue == "icml"


def test_a_macro_stands_wherever_it_is_defined_before_its_use():
    text = "@book{one, title = {T}, series = lncs}\n@string{lncs = {L}}\n@book{two, title = {T}, series = lncs}"

    assert [record.extra["series"] for record in load(text).records] == ["lncs", "L"]


@pytest.mark.parametrize(
    "text",
    [
        "---\n---\n\nReferences\n==========\n\n@article{k, title = {T}}",
        "---\nlayout: page\n---\n@article{k, title = {T}}",
        "written by jane@example.org\n@article{k, title = {T}}\n",
        "\ufeff@article{k, title = {T}}",
        "@article{k, title = {T}}\r\n",
        "@ article\n{ k ,\nTITLE={T}}",
        "@article(k, title = {T})",
        '@article{k, title = "T"}',
        "@article{k, title = {T}",
        "@preamble{\"\\newcommand{\\x}{y}\"}\n@article{k, title = {T}}",
        "@comment{jabref-meta: databaseType:biblatex;}\n@article{k, title = {T}}",
        "@comment jabref\n@article{k, title = {T}}",
        "@article{k, title = {T}, month = jan, pages = 5, volume = 3}",
    ],
)  # fmt: skip
def test_whatever_stands_round_an_entry_does_no_harm(text):
    record = one(text)

    assert (record.citation_key, record.title) == ("k", "T")


def test_what_looks_like_an_entry_in_a_text_is_text():
    record = one(
        "@article{k, title = {T}, note = {me@{x}.org}, abstract = {See\n@book{a, b}\nthere}}"
    )

    assert record.title == "T"
    assert record.note == "me@x.org"
    assert record.abstract == "See\n@booka, b\nthere"


def test_entries_of_one_key_are_all_read_and_named():
    text = "@book{a, title = {One}}\n\n@book{A, title = {Two}}"

    assert [record.title for record in load(text).records] == ["One", "Two"]
    assert said(text) == [
        "line 3: A: line 1 has an entry of the same key; both are read, rename one of them"
    ]


def test_a_field_that_stands_twice_keeps_both_values():
    text = "@book{k, title = {T}, note = {One}, note = {Two}}"

    assert (one(text).note, one(text).extra) == ("One", {"note-2": "Two"})
    assert said(text) == ["line 1: k: “note” stands twice in this entry; the first one counts"]


def test_a_field_may_be_named_in_any_language():
    text = """@book{k,
  title = {T},
  Schlüsselwörter = {Wände},
  año = 2020
  заметка = {Первая},
  注 = {好}
}"""

    assert one(text).extra == {
        "schlüsselwörter": "Wände",
        "año": "2020",
        "заметка": "Первая",
        "注": "好",
    }
    assert said(text) == [
        "line 4: k: a comma is missing at the end of this line; it is read as if there were one"
    ]
    again = load(dump([one(text)])).records[0]
    assert again.extra == one(text).extra


def test_a_key_that_cannot_be_one_is_kept():
    record = one("@book{k#1, title = {T}}")

    assert (record.citation_key, record.extra) == ("", {"citation_key": "k#1"})
    assert one("@book{, title = {T}}").citation_key == ""
    assert one("@book{title = {T}}").citation_key == ""
