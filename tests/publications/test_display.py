import pytest

from publications import display
from publications.models import Kind, Publication, Status
from tests.factories import make_author, make_publication, make_venue


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ({"venue": ("Neural Networks", ""), "year": 2022}, "Neural Networks, 2022"),
        (
            {"venue": ("International Journal of Computer Vision", "IJCV"), "year": 2022},
            "International Journal of Computer Vision (IJCV), 2022",
        ),
        ({"venue": ("Neural Networks", ""), "year": None}, "Neural Networks"),
        ({"arxiv_id": "2006.11999", "year": 2020}, "arXiv:2006.11999, 2020"),
        ({"venue": ("ECCV", ""), "arxiv_id": "2006.11999", "year": 2020}, "ECCV, 2020"),
        (
            {"kind": Kind.THESIS, "publisher": "Peking University", "year": 2025},
            "Peking University, 2025",
        ),
        (
            {"publisher": "Elsevier", "arxiv_id": "2006.11999", "year": 2020},
            "arXiv:2006.11999, 2020",
        ),
        ({"year": 2020}, "2020"),
        ({"year": None}, ""),
    ],
)
@pytest.mark.django_db
def test_a_paper_says_where_and_when_it_appeared(values, shown):
    if "venue" in values:
        values = {**values, "venue": make_venue(*values["venue"])}

    assert display.appeared_in(make_publication(**values)) == shown


@pytest.mark.parametrize(
    ("volume", "number", "pages", "shown"),
    [
        ("44", "3", "1-20", "vol. 44, no. 3, pp. 1–20"),
        ("", "", "1--20", "pp. 1–20"),
        ("", "", "1 – 20", "pp. 1–20"),
        ("", "", "e1042", "p. e1042"),
        ("", "", "1, 5", "pp. 1, 5"),
        ("130", "", "", "vol. 130"),
        ("", "", "", ""),
    ],
)
def test_volume_number_and_pages_read_as_in_a_reference(volume, number, pages, shown):
    assert display.locator(Publication(volume=volume, number=number, pages=pages)) == shown


@pytest.mark.parametrize(
    ("year", "month", "day", "shown"),
    [
        (2024, 3, 5, "5 March 2024"),
        (2024, 3, None, "March 2024"),
        (2024, None, None, "2024"),
        (None, 3, None, ""),
        (2023, 2, 31, "31 February 2023"),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(year, month, day, shown):
    assert display.date_text(Publication(year=year, month=month, day=day)) == shown


@pytest.mark.parametrize(
    ("status", "prefix", "has_venue", "shown"),
    [
        (Status.PUBLISHED, "", True, ""),
        (Status.PUBLISHED, "In", True, "In"),
        (Status.TO_APPEAR, "", True, "To appear in"),
        (Status.TO_APPEAR, "Forthcoming in", True, "Forthcoming in"),
        (Status.SUBMITTED, "", False, "Submitted."),
    ],
)
@pytest.mark.django_db
def test_the_words_before_the_venue_are_the_owners_or_follow_from_the_status(
    status, prefix, has_venue, shown
):
    venue = "Neural Networks" if has_venue else ""
    paper = make_publication(status=status, venue_prefix=prefix, venue=venue)

    assert display.lead_in(paper) == shown


@pytest.mark.django_db
def test_names_stand_in_order_with_the_owner_known_under_a_printed_name():
    owner = make_author("Mingqing Xiao", is_owner=True)
    paper = make_publication(
        authors=["Di He", (owner, {"printed_name": "M. Xiao", "marks": "†"}), "ATLAS"]
    )

    names = display.signatures(paper)

    assert [(name.name, name.marks, name.is_owner) for name in names] == [
        ("Di He", "", False),
        ("M. Xiao", "†", True),
        ("ATLAS", "", False),
    ]


@pytest.mark.django_db
def test_a_role_without_a_mark_gets_one_and_the_legend_explains_it():
    paper = make_publication(
        authors=[
            ("A B", {"equal_contribution": True}),
            ("C D", {"equal_contribution": True}),
            ("E F", {"corresponding": True}),
            "G H",
        ]
    )

    names = display.signatures(paper)

    assert [name.marks for name in names] == ["*", "*", "✉", ""]
    assert display.legend(names) == [
        ("*", "equal contribution"),
        ("✉", "corresponding author"),
    ]


@pytest.mark.django_db
def test_a_mark_that_others_carry_too_explains_nothing():
    paper = make_publication(
        authors=[
            ("A B", {"marks": "1*", "equal_contribution": True}),
            ("C D", {"marks": "2*", "equal_contribution": True}),
            ("E F", {"marks": "1"}),
        ]
    )

    assert display.legend(display.signatures(paper)) == [("*", "equal contribution")]


@pytest.mark.django_db
def test_only_a_paper_read_with_doubt_is_shown_as_its_source():
    doubted = make_publication(doubts="No title found.", source="1. *Some* text")
    confirmed = make_publication(source="1. *Some* text")

    assert display.source_text(doubted) == "1. *Some* text"
    assert display.source_text(confirmed) == ""


EQUAL = [
    ("A B", {"marks": "*", "equal_contribution": True}),
    ("C D", {"marks": "*", "equal_contribution": True}),
]
CORRESPONDING = [("E F", {"marks": "†", "corresponding": True}), "G H"]


@pytest.mark.parametrize(
    ("papers", "expected"),
    [
        (
            [EQUAL, CORRESPONDING, EQUAL],
            [("*", "equal contribution"), ("†", "corresponding author")],
        ),
        ([EQUAL, ["G H"]], []),  # one paper explains its marks itself
        ([EQUAL, [("E F", {"marks": "*", "corresponding": True}), "G H"]], []),
        ([EQUAL, EQUAL, [("G H", {"marks": "*"})]], []),
        ([["G H"], ["G H"]], []),
        ([], []),
    ],
    ids=["shared", "only-one", "two-meanings", "no-meaning", "no-marks", "no-papers"],
)
@pytest.mark.django_db
def test_papers_share_a_legend_where_each_mark_has_one_meaning(papers, expected):
    publications = [make_publication(authors=authors) for authors in papers]

    assert display.shared_legend(publications) == expected


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        (["Di He", "Ada Lovelace"], "Di He, Ada Lovelace"),
        (["肖明庆", "孟庆彦", "Di He"], "肖明庆，孟庆彦, Di He"),
        (["محمد علي", "أحمد حسن"], "محمد علي، أحمد حسن"),
        (["김철수", "이영희"], "김철수, 이영희"),
    ],
)
@pytest.mark.django_db
def test_names_of_one_script_are_parted_by_its_own_comma(authors, expected):
    names = display.signatures(make_publication(authors=authors))

    assert "".join(name.name + name.comma for name in names) == expected


@pytest.mark.django_db
def test_a_venue_in_chinese_is_parted_from_the_year_by_its_own_comma():
    paper = make_publication(venue=make_venue("计算机学报"), year=2022)

    assert display.appeared_in(paper) == "计算机学报，2022"


@pytest.mark.django_db
def test_identifiers_are_linked_where_no_link_leads_to_them():
    paper = make_publication(doi="10.1000/A(1)", arxiv_id="2403.01234")
    assert display.identifier_links(paper) == [
        ("DOI", "https://doi.org/10.1000/A(1)"),
        ("arXiv", "https://arxiv.org/abs/2403.01234"),
    ]

    paper.links.create(label="code", url="https://a.org/code", position=1)
    paper.links.create(label="paper", url="https://doi.org/10.1000/a%281%29", position=2)
    paper.links.create(label="PDF", url="https://arxiv.org/pdf/2403.01234v2", position=3)
    assert display.identifier_links(paper) == []
