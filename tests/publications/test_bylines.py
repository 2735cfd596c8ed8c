"""Names set in runs read as names set one by one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publications.bylines import Run, runs
from publications.display import Signature
from tests.factories import make_publication

NAMES = st.lists(
    st.builds(
        Signature,
        name=st.sampled_from(["Ada", "肖明庆", "Di <He>", "עדה"]),
        marks=st.sampled_from(["", "", "*"]),
        is_owner=st.booleans(),
        url=st.sampled_from(["", "", "https://example.org/"]),
        comma=st.sampled_from([", ", "，"]),
    ),
    max_size=20,
)


@given(NAMES, st.sampled_from(["", "and"]), st.sampled_from([None, 0, 1, 10]))
def test_every_name_is_there_once_and_in_order(names, conjunction, fold_at):
    found = list(runs(names, conjunction, fold_at))

    expected = ""
    for place, name in enumerate(names):
        is_before_last = place == len(names) - 2
        expected += name.name + (
            f" {conjunction} " if conjunction and is_before_last else name.comma
        )
    assert "".join(run.text or (run.name.name if run.name else "") for run in found) == expected
    assert [run.name for run in found if run.name] == [name for name in names if not name.is_plain]
    assert found.count(Run()) == (fold_at is not None and fold_at < len(names))
    before = found[: found.index(Run())] if Run() in found else found
    shown = "".join(run.text or run.name.name for run in before)
    assert expected.startswith(shown)


def test_names_that_need_nothing_are_one_run():
    names = [Signature("Ada"), Signature("Bob"), Signature("Me", is_owner=True), Signature("Eve")]
    assert list(runs(names, "and", None)) == [
        Run("Ada, Bob, "),
        Run(name=names[2]),
        Run(" and Eve, "),
    ]


@pytest.mark.django_db
def test_the_page_parts_the_names_as_the_list_does(client):
    make_publication("Paper", authors=["Ada Lovelace", "Bob Berg", "Carl Cox"], conjunction="and")
    page = client.get("/publications/").content.decode()
    assert "Ada Lovelace, Bob Berg and Carl Cox" in page
