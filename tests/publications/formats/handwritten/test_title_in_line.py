"""Title first, the authors behind it on the same line."""

import pytest

from .lists import entry, links, names, records


@pytest.mark.parametrize(
    ("typed", "prefix"),
    [
        ("[A Study of Small Things](https://a.org/x) by Jane Doe, John Roe. *Venue*, 2020", "by"),
        ("A Study of Small Things by Jane Doe, John Roe. *Venue*, 2020", "by"),
        ("**A Study of Small Things.** Jane Doe and John Roe *Venue*, 2020", ""),
        ("**A Study of Small Things**, Jane Doe, John Roe, *Venue*, 2020", ""),
        ("“A Study of Small Things”, Jane Doe, John Roe. Venue, 2020", ""),
        ("*A Study of Small Things*. Jane Doe, John Roe. Venue, 2020", ""),
        ("<b>A Study of Small Things.</b> <u>Jane Doe</u><sup>*</sup> and John Roe <i>Venue</i>, 2020", ""),
        ("`VEN 2020` [A Study of Small Things](https://a.org/x), Jane Doe, John Roe", ""),
        ("[VEN 2020] [A Study of Small Things](https://a.org/x) Jane Doe, John Roe", ""),
        ("A Study of Small Things. Jane Doe, John Roe. Venue, 2020", ""),
    ],
)  # fmt: skip
def test_title_ends_where_the_names_begin(typed, prefix):
    record = entry(f"- {typed}")

    assert record.title == "A Study of Small Things"
    assert names(record) == ["Jane Doe", "John Roe"]
    assert (record.authors_prefix, record.year) == (prefix, 2020)
    assert record.venue in {"Venue", "VEN"}


def test_chemists_entry_with_volume_pages_and_doi():
    record = entry(
        "- <b>Study of <i>N</i>-Things (TiO<sub>2</sub>).</b> R. Roe and <u>J. Doe</u><sup>*</sup> "
        "<i>Chem. Sci.</i>, <b>2020</b>, <i>17</i>, 9446–9453, [doi:10.1039/D6SC01818A](https://doi.org/10.1039/D6SC01818A)."
    )

    assert record.title == "Study of *N*-Things (TiO<sub>2</sub>)"
    assert (record.venue, record.year, record.volume) == ("Chem. Sci", 2020, "17")
    assert (record.pages, record.doi) == ("9446–9453", "10.1039/D6SC01818A")
    assert links(record)[0][0] == "doi:10.1039/D6SC01818A"


def test_colon_behind_emphasis_goes_on_with_the_title():
    record = entry("- **TINY**: A Study of Small Things. Jane Doe, John Roe. Venue, 2020")

    assert record.title == "**TINY**: A Study of Small Things"


def test_talks_are_no_papers():
    text = "- [A Study of Small Things](https://a.org/x) by Jane Doe, John Roe. *Venue*, 2020"

    assert records(text, "Invited Talks") == []
    assert records(text, "Conference presentations") == []
    assert records(text, "Patents") == []
