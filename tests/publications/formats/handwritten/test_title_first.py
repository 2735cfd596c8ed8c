"""One entry at a time: title, authors, venue, links, in every layout of the family."""

import pytest

from homepage.common.markdown import parser
from publications.formats.handwritten import blocks, reading
from publications.formats.handwritten.entry import record_of
from publications.formats.handwritten.families import title_first

from .lists import entry

OWNER = ("Jane Doe",)


def read(text, heading=""):
    tokens = parser().parse(text)
    ((group,),) = blocks.groups(tokens, text.split("\n"))
    entry = title_first.cut(group.blocks[0], OWNER)
    if entry is None or entry.certainty < reading.CERTAIN:
        return None
    return record_of(entry, group.blocks[0], OWNER, heading)


BREAKS = {
    "two spaces": "  \n",
    "many spaces": "     \n",
    "backslash": "\\\n",
    "space and backslash": " \\\n",
    "two backslashes": " \\\\\n",
    "br": "<br>\n",
    "br on one line": "<br/>",
    "newline": "\n",
    "empty line": "\n\n  ",
}


@pytest.mark.parametrize("line_break", BREAKS.values(), ids=BREAKS)
@pytest.mark.parametrize("marker", ["- ", "1. ", "* ", "3) "])
def test_every_kind_of_line_break_parts_title_authors_and_venue(line_break, marker):
    lines = ["**A Title** [[pdf]](https://a.org/x)", "Jane Doe, John Roe", "*Venue (ACR), 2020*"]
    indent = line_break.replace("  ", " " * len(marker)) if "\n\n" in line_break else line_break

    record = read(marker + indent.join(lines))

    assert record.title == "A Title"
    assert [str(name) for name in record.authors] == ["Jane Doe", "John Roe"]
    assert (record.venue, record.venue_acronym, record.year) == ("Venue", "ACR", 2020)
    assert [(link.label, link.url) for link in record.links] == [("pdf", "https://a.org/x")]
    assert record.note == ""


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("**A Title**", "A Title"),
        ("__A Title__", "A Title"),
        ("<b>A Title</b>", "A Title"),
        ("<strong>A Title.</strong>", "A Title"),
        ("*A Title*", "A Title"),
        ("A Title", "A Title"),
        ("A Title.", "A Title"),
        ("“A Title”", "A Title"),
        ("[J12] **A Title**", "A Title"),
        ("(64) A Title", "A Title"),
        ("3D Points in Space", "3D Points in Space"),
        ("**Is It a Title?**", "Is It a Title?"),
        ("[**A Title**](https://a.org/x)", "A Title"),
        ("**[A Title](https://a.org/x)**", "A Title"),
        ("<a href='https://a.org/x'>A Title</a>", "A Title"),
        ("**Learning in $O(n)$ Time**", "Learning in $O(n)$ Time"),
        ("**Films of TiO<sub>2</sub>**", "Films of TiO<sub>2</sub>"),
        ("**Cells *in vivo* Seen**", "Cells *in vivo* Seen"),
        ("**TEST_POSITIVE at W-NUT**", "TEST_POSITIVE at W-NUT"),
        ("**C# and A\\* Search**", "C# and A* Search"),
        ("**Costs of \\$5 and `code`**", "Costs of $5 and `code`"),
        ("**A Title that is so long\n  that it is wrapped**", "A Title that is so long that it is wrapped"),
        ("**AT&amp;T Speaks**", "AT&T Speaks"),
    ],
)  # fmt: skip
def test_title_with_or_without_mark_up(typed, title):
    record = read(f"- {typed}  \n  Jane Doe, John Roe  \n  *Venue, 2020*")

    assert record.title == title
    assert len(record.authors) == 2


@pytest.mark.parametrize(
    ("typed", "labels"),
    [
        ("[[pdf]](https://a.org/1) [[code]](https://a.org/2)", ["pdf", "code"]),
        ("[PDF](https://a.org/1) [Code](https://a.org/2)", ["PDF", "Code"]),
        ("[[a](https://a.org/1)][[b](https://a.org/2)]", ["a", "b"]),
        ("\\[[paper](https://a.org/1), [code](https://a.org/2)\\]", ["paper", "code"]),
        ("([pdf](https://a.org/1) | [code](https://a.org/2))", ["pdf", "code"]),
        ('<a href="https://a.org/1">[PDF]</a> / <a href="https://a.org/2">Slides</a>', ["PDF", "Slides"]),
        ("[📄 Paper](https://a.org/1) [💻 Code](https://a.org/2)", ["📄 Paper", "💻 Code"]),
        ("[arXiv:2301.00001](https://a.org/1) [BibTeX](https://a.org/2)", ["arXiv:2301.00001", "BibTeX"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", ["title", "venue", "own line"])
def test_links_anywhere_near_with_their_labels_as_typed(typed, labels, place):
    title, venue, last = "**A Title**", "*Venue, 2020*", ""
    if place == "title":
        title += f" {typed}"
    elif place == "venue":
        venue += f" {typed}"
    else:
        last = f"  \n  {typed}"

    record = read(f"- {title}  \n  Jane Doe, John Roe  \n  {venue}{last}")

    assert [link.label for link in record.links] == labels
    assert [link.url for link in record.links] == ["https://a.org/1", "https://a.org/2"]
    assert (record.title, record.venue, record.year, record.note) == ("A Title", "Venue", 2020, "")


def test_link_of_the_title_itself_is_labelled_from_its_address():
    record = read("- [**A Title**](https://arxiv.org/abs/2301.01234)  \n  Jane Doe, John Roe")

    assert [(link.label, link.url) for link in record.links] == [
        ("arXiv", "https://arxiv.org/abs/2301.01234")
    ]


def test_button_without_an_address_is_kept_as_a_word_not_as_a_link():
    record = read("- **A Title** [[pdf]](#) [[code]]()  \n  Jane Doe, John Roe  \n  *V, 2020*")

    assert record.links == ()
    assert record.note == "pdf; code"


def test_link_of_the_venue_is_kept_beside_its_words():
    record = read(
        "- **A Title**  \n  Jane Doe, John Roe  \n  In *[Conference on Long Names](https://c.org) (CLN), 2020*"
    )

    assert (record.venue, record.venue_acronym, record.year) == (
        "Conference on Long Names",
        "CLN",
        2020,
    )
    assert [(link.label, link.url) for link in record.links] == [
        ("Conference on Long Names", "https://c.org")
    ]


def test_authors_home_page_is_no_link_of_the_paper():
    record = read("- **A Title**  \n  [Jane Doe](https://jane.org), [John Roe](https://roe.org)")

    assert record.links == ()
    assert [name.url for name in record.authors] == ["https://jane.org", "https://roe.org"]


@pytest.mark.parametrize(
    ("typed", "venue", "acronym", "year", "prefix", "award", "note"),
    [
        ("*Neural Networks, 2022*", "Neural Networks", "", 2022, "", "", ""),
        ("Neural Networks, 2022.", "Neural Networks", "", 2022, "", "", ""),
        ("NeurIPS 2022", "NeurIPS", "", 2022, "", "", ""),
        ("CVPR'22", "CVPR'22", "", 2022, "", "", ""),
        ("*Long Name (LN), 2022* <font color=red>(Spotlight, Top 3%)</font>", "Long Name", "LN", 2022, "", "Spotlight, Top 3%", ""),
        ("*LN 2022* (**Oral**)", "LN", "", 2022, "", "Oral", ""),
        ("LN 2022, **Best Paper Award**", "LN", "", 2022, "", "Best Paper Award", ""),
        ('ICML 2023 <span style="color:red">Oral</span>', "ICML", "", 2023, "", "Oral", ""),
        ("ICLR 2024 [Spotlight]", "ICLR", "", 2024, "", "Spotlight", ""),
        ("In *Conf. on Things (CoT)*, 2021", "Conf. on Things", "CoT", 2021, "In", "", ""),
        ("To appear in *Journal of X*, 2025", "Journal of X", "", 2025, "To appear in", "", ""),
        ("Proceedings of the 2020 Conference on X (CX)", "Proceedings of the 2020 Conference on X", "CX", 2020, "", "", ""),
        ("The 6th Workshop on X (WX). 2021. (To Appear)", "The 6th Workshop on X", "WX", 2021, "", "", "(To Appear)"),
        ("Conference on X (CX 2021)", "Conference on X", "CX", 2021, "", "", ""),
        ("Conference on X (CX), Rome, Italy, 2021", "Conference on X", "CX", 2021, "", "", "Rome, Italy"),
        ("*Signal Processing*, 149, Elsevier, 2018", "Signal Processing", "", 2018, "", "", "149, Elsevier"),
        ("*Speech, Language and Signals (SLS), 2018*", "Speech, Language and Signals", "SLS", 2018, "", "", ""),
        ("Under review", "", "", None, "Under review", "", ""),
        ("Journal of Ranges, pages 1999-2088", "Journal of Ranges", "", None, "", "", ""),
    ],
)  # fmt: skip
def test_venue_line(typed, venue, acronym, year, prefix, award, note):
    record = read(f"- **A Title**  \n  Jane Doe, John Roe  \n  {typed}")

    assert (record.venue, record.venue_acronym, record.year) == (venue, acronym, year)
    assert (record.venue_prefix, record.award, record.note) == (prefix, award, note)


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ("To appear in *X*, 2025", "to-appear"),
        ("Accepted to *X*, 2025", "accepted"),
        ("Submitted to *X*, 2025", "submitted"),
        ("Under review at ICLR 2025", "submitted"),
        ("*X*, 2025", "published"),
    ],
)
def test_status_follows_the_words_before_the_venue(typed, status):
    assert read(f"- **A Title**  \n  Jane Doe, John Roe  \n  {typed}").status == status


def test_award_on_a_line_of_its_own():
    record = read("- A Title\\\n**Jane Doe** and John Roe\\\n**Best Short Paper**\\\nSIGIR 2020")

    assert (record.award, record.venue, record.year) == ("Best Short Paper", "SIGIR", 2020)


@pytest.mark.parametrize(
    ("typed", "year", "month"),
    [("", 2020, 6), ("*Venue*", None, None), ("arXiv preprint, 2021", 2021, None)],
)
def test_only_an_entry_without_venue_and_year_is_dated_by_its_arxiv_id(typed, year, month):
    venue = f"  \n  {typed}" if typed else ""
    text = (
        f"- **A Title** [[arXiv]](https://arxiv.org/abs/2006.11999)  \n  Jane Doe, John Roe{venue}"
    )

    record = read(text)

    assert (record.arxiv_id, record.year, record.month) == ("2006.11999", year, month)


def test_arxiv_id_in_the_venue_line():
    record = read("- A Title \\\n**Jane Doe** and John Roe \\\narXiv:2104.08253 2021.")

    assert (record.arxiv_id, record.venue, record.year) == ("2104.08253", "", 2021)
    assert record.kind == "article"


def test_doi_comes_from_a_publishers_address():
    record = read(
        "- **A Title** [[link]](https://link.springer.com/article/10.1007/s11263-022-01688-4)  \n"
        "  Jane Doe, John Roe"
    )

    assert record.doi == "10.1007/s11263-022-01688-4"


@pytest.mark.parametrize(
    ("heading", "venue", "kind"),
    [
        ("Journal Papers", "X, 2020", "article-journal"),
        ("Conference Papers", "X, 2020", "paper-conference"),
        ("Preprints", "", "article"),
        ("Book chapters", "X, 2020", "chapter"),
        ("会议论文", "X, 2020", "paper-conference"),
        ("", "IEEE Transactions on X, 2020", "article-journal"),
        ("", "Proceedings of X, 2020", "paper-conference"),
        ("", "NeurIPS 2020", "paper-conference"),
        ("", "Ph.D. thesis, Some University, 2020", "thesis"),
        ("", "X, 2020", "document"),
    ],
)
def test_kind_from_the_heading_else_from_the_venue(heading, venue, kind):
    assert read(f"- **A Title**  \n  Jane Doe, John Roe  \n  {venue}", heading).kind == kind


def test_marks_are_kept_as_typed():
    record = read(
        "- **A Title**  \n  **Jane Doe**\\*, John Roe*, Cy Dee<sup>†</sup>, Di Eve<sup>1,2</sup>, Ed Fox$^{\\dagger}$"
    )

    assert [(str(name), name.marks) for name in record.authors] == [
        ("Jane Doe", "*"),
        ("John Roe", "*"),
        ("Cy Dee", "†"),
        ("Di Eve", "1,2"),
        ("Ed Fox", "†"),
    ]


@pytest.mark.parametrize(
    "owner",
    [
        "**Jane Doe**",
        "__Jane Doe__",
        "<b>Jane Doe</b>",
        "<u>Jane Doe</u>",
        "Jane Doe",
        "**J. Doe**",
    ],
)
def test_owner_is_recognised_however_emphasised(owner):
    record = read(f"- **A Title**  \n  John Roe, {owner}, Cy Dee  \n  *Venue, 2020*")

    assert [name.is_owner for name in record.authors] == [False, True, False]


@pytest.mark.parametrize(
    "text",
    [
        "- One line about nothing.",
        "- **Jane Doe**, John Roe. A Title. Venue, 2020.",
        "- Reviewer for ICLR  \n  2019 to 2023",
        "- **A Course**  \n  Spring 2020, taught with care",
    ],
)
def test_what_is_laid_out_otherwise_is_not_read(text):
    assert read(text) is None


@pytest.mark.parametrize(
    "badge", ["*ICML 2024*", '<span class="conference-tag">ICML 2024</span>', "`ICML 2024`"]
)
def test_a_badge_before_the_title_is_the_venue(badge):
    record = entry(f"- {badge} [A Study of Things](https://a.org/x)<br>\n**Jane Doe**\\*, John Roe")

    assert (record.title, record.venue, record.year) == ("A Study of Things", "ICML", 2024)


def test_a_long_sentence_on_what_a_paper_is_about_is_no_venue():
    prose = "This work presents a new way to look at walls and rooms " * 4

    record = entry(f"- ICML 2024\\\n  **A Study of Walls**\\\n  Jane Doe, John Roe\\\n  {prose}")

    assert (record.venue, record.year, record.doubts) == ("ICML", 2024, "")
    assert "new way to look at walls" in record.abstract
