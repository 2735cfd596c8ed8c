"""Authors first: citations of every school, on one line or on several."""

import pytest

from .lists import entry, links, names, records

TITLE = "A Study of Small Things"


@pytest.mark.parametrize(
    ("typed", "authors"),
    [
        ("Jane Doe, John Roe. A Study of Small Things. *Venue*, 2020.", ["Jane Doe", "John Roe"]),
        ("**Jane Doe** and John Roe. A Study of Small Things. Venue, 2020.", ["Jane Doe", "John Roe"]),
        ("Jane Doe; John Roe; and Cy Dee. A Study of Small Things. Venue, 2020.", ["Jane Doe", "John Roe", "Cy Dee"]),
        ("J. Doe, J. R. Roe, and C.-Y. Dee. A Study of Small Things. Venue, 2020.", ["J. Doe", "J. R. Roe", "C.-Y. Dee"]),
        ("Doe, J., Roe, J. R., & van Dee, C. (2020). A Study of Small Things. *Venue*.", ["J. Doe", "J. R. Roe", "C. van Dee"]),
        ("Doe, J., Roe, J. R. A Study of Small Things. [under review]", ["J. Doe", "J. R. Roe"]),
        ("**Doe, J.**, & Roe, R. (2020, March). A Study of Small Things. Venue.", ["J. Doe", "R. Roe"]),
        ("Doe J, Roe JR, Dee C. A Study of Small Things. Venue. 2020.", ["J Doe", "JR Roe", "C. Dee"]),
        ("J. Doe, R. Roe, “A Study of Small Things,” in *Proc. of X*, 2020.", ["J. Doe", "R. Roe"]),
        ('J. Doe and R. Roe, "A Study of Small Things", Venue, 2020.', ["J. Doe", "R. Roe"]),
        ("Jane Doe, John Roe. [A Study of Small Things](https://a.org/x). Venue, 2020.", ["Jane Doe", "John Roe"]),
        ("[Jane Doe](https://j.org), [John Roe](https://r.org). **A Study of Small Things**. Venue 2020", ["Jane Doe", "John Roe"]),
        ("<u>Jane Doe</u>, John Roe<br>A Study of Small Things<br><i>Venue</i>, 2020", ["Jane Doe", "John Roe"]),
        ("Jane Doe, John Roe  \n  A Study of Small Things  \n  *Venue*, 2020", ["Jane Doe", "John Roe"]),
        ("Jane Doe, John Roe: *A Study of Small Things*. Venue, 2020", ["Jane Doe", "John Roe"]),
        ("Jane Doe, John Roe. 2020. A Study of Small Things. In Proceedings of X.", ["Jane Doe", "John Roe"]),
        ("Roe, John and Doe, Jane. A Study of Small Things. Venue, 2020.", ["John Roe", "Jane Doe"]),
        ("John Roe, ..., Jane Doe, et al. A Study of Small Things. Venue, 2020.", ["John Roe", "Jane Doe"]),
        ("Jane Doe (co-first author), John Roe. A Study of Small Things. Venue, 2020.", ["Jane Doe"]),
    ],
)  # fmt: skip
def test_names_end_where_the_title_begins(typed, authors):
    record = entry(f"- {typed}")

    assert record.title == TITLE
    assert names(record)[: len(authors)] == authors
    assert not record.doubts


@pytest.mark.parametrize(
    ("typed", "venue", "year", "numbers"),
    [
        ("*Journal of X*, 57(17), 6955-6964.", "Journal of X", 2020, ("57", "17", "6955-6964")),
        ("*Journal of X*, *57*, e1042.", "Journal of X", 2020, ("57", "", "e1042")),
        ("Journal of X, vol. 3, no. 2, pp. 1–20.", "Journal of X", 2020, ("3", "2", "1–20")),
        ("Journal of X 12, 053801.", "Journal of X", 2020, ("12", "", "053801")),
        ("In *Proceedings of X (PX)*, pp. 3-9.", "Proceedings of X", 2020, ("", "", "3-9")),
    ],
)
def test_volume_number_and_pages_have_fields_of_their_own(typed, venue, year, numbers):
    record = entry(f"- Doe, J., & Roe, R. (2020). A Study of Small Things. {typed}")

    assert (record.venue, record.year) == (venue, year)
    assert (record.volume, record.number, record.pages) == numbers
    assert record.note == ""


def test_question_in_a_title_is_followed_by_its_subtitle():
    text = "- Jane Doe. Is It So? A Study of Small Things. Journal of X, 2020."

    assert entry(text).title == "Is It So? A Study of Small Things"


def test_mixed_orders_of_names_in_one_list():
    record = entry(
        "- Chen, Chacha, Yaqi Hou, and **Jane Doe**. “A Study of Small Things.” In Proceedings of X. 2020."
    )

    assert names(record) == ["Chacha Chen", "Yaqi Hou", "Jane Doe"]
    assert record.title == TITLE


def test_links_of_a_citation_with_a_linked_title():
    record = entry(
        "- Jane Doe, John Roe. [A Study of Small Things](https://arxiv.org/abs/2001.00001). "
        "*Venue*, 2020. [[code](https://github.com/x/y), [data](https://d.org)]"
    )

    assert links(record) == [
        ("arXiv", "https://arxiv.org/abs/2001.00001"),
        ("code", "https://github.com/x/y"),
        ("data", "https://d.org"),
    ]
    assert record.arxiv_id == "2001.00001"


@pytest.mark.parametrize(
    "typed",
    [
        "- Reviewer for ICLR, NeurIPS and ICML.",
        "- 2019-2020, Jane Doe was a visiting student.",
        "- Jane Doe likes cats.",
        "- Machine Learning, Spring 2020.",
    ],
)
def test_what_is_no_citation_is_not_read(typed):
    assert records(typed) == []


def test_marks_behind_names_in_html_begin_no_emphasis():
    record = entry(
        "- <b>Jane Doe</b>*, John Roe*, Cy Dee (2023) A Study. *Journal of Things*, 13, 136."
    )

    assert [(str(name), name.marks) for name in record.authors] == [
        ("Jane Doe", "*"), ("John Roe", "*"), ("Cy Dee", ""),
    ]  # fmt: skip
    assert (record.title, record.venue) == ("A Study", "Journal of Things")


def test_an_item_that_is_all_heading_is_cut_like_any_other():
    record = entry(
        "- ###### **_Jane Doe_** and John Roe. A Study. KDD Workshop on Learning with Graphs, 2020. ######"
    )

    assert (names(record), record.title, record.year) == (["Jane Doe", "John Roe"], "A Study", 2020)
    assert record.venue == "KDD Workshop on Learning with Graphs"


@pytest.mark.parametrize(
    ("typed", "where"),
    [
        ("*Methods in Ecology* 10(5):661-672, 2020.", ("10", "5", "661-672", "article-journal")),
        ("*Energy Policy* 155, 2021.", ("155", "", "", "article-journal")),
        ("*Journal of Risk*, 128, 2025.", ("128", "", "", "article-journal")),
        ("*Proceedings of the Conference on Vision (ICCV)*, 403–414, 2021.", ("", "", "403–414", "paper-conference")),
        ("*Proceedings of the Conference on Vision*, 24, 2021.", ("", "", "", "paper-conference")),
        ("*Some Venue*, 2019–2020.", ("", "", "", "document")),
    ],
)  # fmt: skip
def test_volume_and_pages_behind_the_venue(typed, where):
    record = entry(f"- Jane Doe, John Roe. A Study of Things. {typed}")

    assert (record.volume, record.number, record.pages, record.kind) == where


@pytest.mark.parametrize(
    ("typed", "venue", "numbers", "note"),
    [
        ("*Journal of X*, volume 103, number 3, pages 1-5, 2020", "Journal of X", "103 3 1-5", ""),
        ("Journal of X, Vol 12, Issue 4, 2020, Pages 10-19", "Journal of X", "12 4 10-19", ""),
        ("*Journal of X* 12, iss. 4, p. 9 (2020)", "Journal of X", "12 4 9", ""),
        ("Journal of X 10(3), 2020, pp. 1-5", "Journal of X", "10 3 1-5", ""),
        ("*Journal of X*, number 4, pages 1-5, 2020", "Journal of X", " 4 1-5", ""),
        ("In ACL 2020, pages 1234-1245", "ACL", "  1234-1245", ""),
        (
            "In *Proceedings of X*, volume 9 of *Lecture Notes in Y*, pages 1-5. Z Press, 2020",
            "Proceedings of X", "9  1-5", "Lecture Notes in Y. Z Press",
        ),
        (
            "In Proceedings of X (PX 2020), Rome, Italy, pages 1-5, July 2020",
            "Proceedings of X", "  1-5", "Rome, Italy, July",
        ),
        ("*No Journal of Pages*, 2020", "No Journal of Pages", "  ", ""),
        ("*Journal of X*, volume 7, article 12, 2020", "Journal of X", "7  ", "article 12"),
    ],
)  # fmt: skip
def test_volume_number_and_pages_in_words(typed, venue, numbers, note):
    record = entry(f"- Jane Doe, John Roe. A Study of Things. {typed}.")

    assert (record.venue, record.year, record.note) == (venue, 2020, note)
    assert f"{record.volume} {record.number} {record.pages}" == numbers


GOST = """- Иванов И. И., Петров П. П. О стенах и комнатах // Труды института. — 2019. — Т. 20, № 4. — С. 122-135.
- Петров П.П. О некоторых свойствах деревьев. Сборник трудов конференции, 2018.
- Сидоров С.С., Иванов И.И., Петров П.П. Тихие комнаты // Вестник, 2017.
"""


def test_names_that_no_comma_turns_round_stand_before_the_title():
    found = records(GOST, owner=("П. П. Петров",))

    assert [record.title for record in found] == [
        "О стенах и комнатах", "О некоторых свойствах деревьев", "Тихие комнаты",
    ]  # fmt: skip
    assert [names(record) for record in found] == [
        ["И. И. Иванов", "П. П. Петров"],
        ["П.П. Петров"],
        ["С.С. Сидоров", "И.И. Иванов", "П.П. Петров"],
    ]
    assert [record.year for record in found] == [2019, 2018, 2017]


def test_a_name_is_no_title():
    text = "- Doe, J. Roe K.L. Walls. V, 2020\n- **J. Doe**, John Roe *R. Roe* and more, 2021\n"

    assert not [r.title for r in records(text) if r.title in {"Roe K.L", "R. Roe"} and not r.doubts]


@pytest.mark.parametrize(
    ("typed", "authors"),
    [
        ("Doe, J., Roe, R. et Stone, M.", ["J. Doe", "R. Roe", "M. Stone"]),
        ("R. Roe et al, Jane Doe, and Cy Dee", ["R. Roe", "Jane Doe", "Cy Dee"]),
    ],
)
def test_what_stands_between_names(typed, authors):
    record = entry(f"- {typed} (2020). A study of walls. *Energy Letters*, 3(1), 1-2.\n")

    assert names(record) == authors


@pytest.mark.parametrize(
    ("typed", "venue", "numbers", "note"),
    [
        ("*Energy Letters*, 2025, 18, 4, 044008.", "Energy Letters", ("18", "4", "044008"), ""),
        (
            "*Energy Letters*, vol. 445, 2025, Art. 118208.",
            "Energy Letters",
            ("445", "", ""),
            "Art. 118208",
        ),
        (
            "Manuscript submitted for publication.",
            "",
            ("", "", ""),
            "Manuscript submitted for publication",
        ),
        ("Unpublished manuscript.", "", ("", "", ""), "Unpublished manuscript"),
    ],
)
def test_what_stands_behind_the_title(typed, venue, numbers, note):
    record = entry(f"- Doe, J., & Roe, R. (2025). A study of walls. {typed}\n")

    assert record.venue == venue
    assert (record.volume, record.number, record.pages) == numbers
    assert record.note == note


def test_a_thesis_and_its_degree():
    record = entry("- Doe, J. (2021). Ph.D. Thesis: Walls of Large Rooms. University of Things.\n")

    assert record.title == "Ph.D. Thesis: Walls of Large Rooms"


def test_a_remark_on_the_authors_before_the_venue():
    record = entry(
        "- Jane Doe, John Roe. [A Study of Walls](https://a.org/x). (alphabetical order) "
        "Thirty-seventh Conference on Walls, 2023\n"
    )

    assert (record.venue, record.year) == ("Thirty-seventh Conference on Walls", 2023)
    assert record.note == "(alphabetical order)"


def test_two_slashes_are_no_part_of_the_venue():
    (record, *_) = records(GOST, owner=("П. П. Петров",))

    assert record.venue.startswith("Труды института")


@pytest.mark.parametrize(
    "date", ["(Jan 22, 2024)", "(March 2024)", "(22 January 2024)", "(2024, Jan 22)"]
)
def test_a_date_with_its_day(date):
    record = entry(f"- Roe, R., Doe, J. {date} [A Study of Walls](https://a.org/x). Venue\n")

    assert (record.title, record.year) == ("A Study of Walls", 2024)


def test_a_list_of_names_is_no_title():
    typed = "Stone, M, Roe, R., Wei, J., Berg, E, Doe, J. (2020) A Study of Walls. Venue\n"

    assert not [r.title for r in records(f"- {typed}") if "Roe" in r.title and not r.doubts]


@pytest.mark.parametrize(
    "typed",
    [
        "John roe, **Jane Doe**, [A Study of the Walls of Large Rooms](https://a.org/x)",
        "John roe\\*, **Jane Doe**, [Walls of Rooms](https://a.org/x), 2020",
    ],
)
def test_a_name_typed_small_is_no_title(typed):
    read = records(f"- {typed}\n")

    assert not [record.title for record in read if "roe" in record.title and not record.doubts]
