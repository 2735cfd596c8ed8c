import pytest
from hypothesis import given
from hypothesis import strategies as st

from homepage.academicpages.citation import read_citation, unsaid

OWNER = ["Jane Doe"]


@pytest.mark.parametrize(
    ("source", "authors", "rest"),
    [
        (
            "Doe, J., Roe, J. R., &amp; van der Berg, J.-P. (2015). On walls. Nature, 2(5), 150162.",
            ["J. Doe*", "J. R. Roe", "J.-P. van der Berg"],
            ("Nature", "2", "5", "150162", 2015),
        ),
        (
            "<b>Doe, Jane</b>, John Roe, and Bo Chen. (2020). &quot;On walls.&quot; <i>Wall Days</i>.",
            ["Jane Doe*", "John Roe", "Bo Chen"],
            ("Wall Days", "", "", "", 2020),
        ),
        (
            '**Jane Doe** and John Roe. "On walls," in *Proc. of the IEEE*, vol. 5, no. 2, pp. 1--20, 2019.',
            ["Jane Doe*", "John Roe"],
            ("Proc. of the IEEE", "5", "2", "1-20", 2019),
        ),
        (
            "Doe J, Moat HS. On walls. <i>[Soft Computing](https://x.org)</i>. 26, 99-123 (2021)",
            ["J Doe*", "HS Moat"],
            ("Soft Computing", "26", "", "99-123", 2021),
        ),
        (
            "Roe, J., et al. (2018). On   WALLS! arXiv preprint arXiv:1801.00001.",
            ["J. Roe"],
            ("arXiv preprint", "", "", "", 2018),
        ),
        ("A paper of somebody else, 2011.", [], ("", "", "", "", None)),
    ],
    ids=["apa", "chicago", "ieee", "vancouver", "et al", "another title"],
)
def test_authors_stand_before_the_title_and_the_rest_behind(source, authors, rest):
    found = read_citation(source, "On walls", OWNER)

    assert [f"{name}{'*' * name.is_owner}" for name in found.authors] == authors
    assert (found.venue, found.volume, found.number, found.pages, found.year) == rest


def test_and_others_and_the_word_before_the_last_are_kept():
    found = read_citation("Doe, J. & Roe, J., et al. (2018). On walls.", "On walls", OWNER)

    assert (found.and_others, found.conjunction) == (True, "&")


def test_words_that_nothing_shows_are_named():
    source = "Doe, J. (2015). On walls. *Nature*, vol. 2. Best read aloud."

    assert unsaid(source, ["J. Doe", "On walls", "Nature", "2", "2015"]) == {
        "best",
        "read",
        "aloud",
    }


@given(st.text(max_size=200), st.text(max_size=60))
def test_reading_never_raises(source, title):
    read_citation(source, title, OWNER)
    read_citation(f"{source} {title} {source}", title, OWNER)
