from homepage.academicpages.uniting import united
from publications.records import AuthorName, Link, PublicationRecord


def record(title="On Walls", **values):
    return PublicationRecord(title, **{"kind": "article-journal", "year": 2020, **values})


def test_same_work_is_one_and_knows_what_both_said():
    ours = record(
        authors=(AuthorName("Jane", "Doe"),), links=(Link("pdf", "/a.pdf"),), line=3, path="a"
    )
    theirs = record(
        "on walls!",
        doi="10.1/x",
        venue="Nature",
        conjunction="&",
        links=(Link("PDF", "/a.pdf"), Link("code", "/c")),
        authors=(AuthorName("J.", "Doe"),),
        line=7,
        path="b",
    )

    both = united([ours, record("Else")], [record("New"), theirs])

    one = both.first[0]
    assert (one.title, one.doi, one.venue, one.conjunction) == ("On Walls", "10.1/x", "Nature", "")
    assert one.links == (Link("pdf", "/a.pdf"), Link("code", "/c"))
    assert [found.title for found in both.rest] == ["New"]
    assert both.pairs == (None, 0)
    assert str(both.notes[0]) == "b, line 7: the same paper as in a, line 3; both are one now"


def test_what_is_left_out_of_a_pair_is_named():
    ours = record(venue="Nature", authors=(AuthorName("Jane", "Doe"),))
    theirs = record(venue="Science", authors=(AuthorName("John", "Roe"),))

    (note,) = united([ours], [theirs]).notes

    assert "Left out here: venue “Science”, authors “John Roe”" in note.message


def test_volume_and_pages_that_differ_are_named_and_those_of_one_list_alone_are_kept():
    both = united([record(volume="3", number="1")], [record(volume="4", pages="1-9")])

    (one,) = both.first
    assert (one.volume, one.number, one.pages) == ("3", "1", "1-9")
    assert "Left out here: volume “4”" in both.notes[0].message


def test_conference_and_journal_version_stay_two():
    talk = record(kind="paper-conference", year=2019)

    assert united([talk], [record()]).pairs == (None,)


def test_works_with_other_dois_stay_two():
    assert united([record(doi="10.1/a")], [record(doi="10.1/b")]).pairs == (None,)


def test_works_with_one_arxiv_id_are_one_though_their_titles_differ():
    first = [record(title="Learning to hear", arxiv_id="2401.00001")]
    same = record(title="Learning to hear and to see", arxiv_id="2401.00001")
    other = record(title="An address that was copied", arxiv_id="2401.00001")

    found = united(first, [other, same])

    assert found.pairs == (None, 0)
    assert "“Learning to hear and to see”" in found.notes[0].message


def test_each_record_is_matched_once():
    both = united([record()], [record(), record()])

    assert both.pairs == (0, None)


def test_an_entry_that_was_read_with_doubt_gives_way_to_the_file_that_says_it():
    doubtful = record(
        "Doe: On walls and rooms, 2020", doubts="?", text="Doe: On walls and rooms", category="c"
    )

    both = united([doubtful], [record("On Walls and Rooms")])

    assert (both.first[0].title, both.first[0].doubts, both.first[0].category) == (
        "On Walls and Rooms", "", "c",
    )  # fmt: skip
