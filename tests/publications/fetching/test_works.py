import pytest

from publications.fetching import NotFetched, Unavailable, arxiv, doi, identify, orcid
from publications.fetching.kept import Kept
from publications.fetching.orcid import Work
from publications.fetching.works import ARXIV, DOI, Fetched, Fetcher, joined
from publications.records import PublicationRecord
from tests.servers import Reply

PAPER = "10.1007/s11263-022-01688-4"
ARXIV_PATH = "/arxiv?id_list=2210.04188&max_results=1"


@pytest.fixture
def fetcher(server, client, tmp_path):
    return Fetcher(
        doi.Service(client, f"{server.url}/"),
        arxiv.Service(client, f"{server.url}/arxiv", pause=0),
        orcid.Service(client, f"{server.url}/orcid/"),
        Kept(tmp_path / "kept"),
    )


@pytest.fixture
def answering(server, data):
    server.reply(f"/{PAPER}", Reply(data("crossref.json"), type=doi.ACCEPT))
    server.reply(ARXIV_PATH, Reply(data("arxiv.xml")))
    server.reply("/orcid/0000-0002-1825-0097/works", Reply(data("orcid.json")))
    return server


def test_doi_and_arxiv_id_are_one_work_each(fetcher):
    assert fetcher.works(identify(PAPER)) == (Work(doi=PAPER),)
    assert fetcher.works(identify("2210.04188v1")) == (Work(arxiv_id="2210.04188"),)


def test_orcid_is_all_works_of_a_person(fetcher, answering):
    works = fetcher.works(identify("0000-0002-1825-0097"))

    assert [work.doi or work.arxiv_id for work in works] == [PAPER, "2104.08253", ""]


def test_paper_known_by_both_is_fetched_from_its_publisher(fetcher, answering):
    fetched = fetcher.fetch(Work(doi=PAPER, arxiv_id="2210.04188"))

    assert (fetched.format, fetched.record.arxiv_id) == (DOI, "2210.04188")
    assert answering.paths == [f"/{PAPER}"]


def test_preprint_that_has_appeared_is_the_paper_with_its_arxiv_id(fetcher, answering):
    fetched = fetcher.fetch(Work(arxiv_id="2210.04188"))

    assert (fetched.format, fetched.record.kind) == (DOI, "article-journal")
    assert (fetched.record.doi, fetched.record.arxiv_id) == (PAPER, "2210.04188")
    assert fetched.record.abstract.startswith("Image rescaling is <i>")


def test_paper_without_an_abstract_takes_that_of_its_preprint(fetcher, server, data):
    server.reply(f"/{PAPER}", Reply('{"title": "A"}', type=doi.ACCEPT))
    server.reply(ARXIV_PATH, Reply(data("arxiv.xml")))

    fetched = fetcher.fetch(Work(arxiv_id="2210.04188"))

    assert fetched.record.abstract.startswith("Image rescaling is a commonly used")


def test_preprint_with_a_wrong_doi_stays_a_preprint_and_says_so(fetcher, server, data):
    server.reply(ARXIV_PATH, Reply(data("arxiv.xml")))

    fetched = fetcher.fetch(Work(arxiv_id="2210.04188"))

    assert (fetched.format, fetched.record.kind) == (ARXIV, "article")
    assert str(fetched.problems[0]).startswith(
        f"its published version, DOI {PAPER}, is not to be had"
    )


def test_wrong_doi_beside_an_arxiv_id_leaves_the_preprint(fetcher, server):
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>A</title>'
        "<id>http://arxiv.org/abs/2210.04188v1</id></entry></feed>"
    )
    server.reply(ARXIV_PATH, Reply(feed))

    fetched = fetcher.fetch(Work(doi="10.1234/wrong", arxiv_id="2210.04188"))

    assert (fetched.format, fetched.record.doi) == (ARXIV, "")
    assert "DOI 10.1234/wrong, is not to be had: There is no such DOI" in str(fetched.problems[0])


def test_preprint_whose_publisher_does_not_answer_is_left_for_later(fetcher, server, data):
    server.reply(ARXIV_PATH, Reply(data("arxiv.xml")))
    server.reply(f"/{PAPER}", Reply("", 500))

    with pytest.raises(Unavailable):
        fetcher.fetch(Work(arxiv_id="2210.04188"))


def test_what_was_fetched_is_not_asked_for_again(fetcher, answering, data):
    for _ in range(2):
        fetcher.works(identify("0000-0002-1825-0097"))
        fetcher.fetch(Work(doi=PAPER))
        fetcher.fetch(Work(doi=PAPER.upper()))
        fetcher.fetch(Work(arxiv_id="2210.04188"))

    assert sorted(answering.paths) == sorted(
        ["/orcid/0000-0002-1825-0097/works", f"/{PAPER}", ARXIV_PATH]
    )


def test_errors_are_not_kept(fetcher, server, data):
    server.reply(f"/{PAPER}", Reply("", 404), Reply(data("crossref.json"), type=doi.ACCEPT))

    with pytest.raises(NotFetched):
        fetcher.fetch(Work(doi=PAPER))

    assert fetcher.fetch(Work(doi=PAPER)).record.doi == PAPER


def published(title, doi, **values):
    return Fetched(DOI, PublicationRecord(title, kind="article-journal", doi=doi, **values))


def preprint(title, arxiv_id, **values):
    return Fetched(ARXIV, PublicationRecord(title, kind="article", arxiv_id=arxiv_id, **values))


@pytest.mark.parametrize(
    ("works", "shown"),
    [
        ([published("A", "10.1/x"), published("A", "10.1/X")], ["10.1/x "]),
        ([preprint("A", "2210.04188"), preprint("B", "2210.04188")], [" 2210.04188"]),
        ([preprint("A", "2210.04188"), published("Á", "10.1/x")], ["10.1/x 2210.04188"]),
        (
            [preprint("A", "2210.04188", doi="10.1/x"), published("B", "10.1/X")],
            ["10.1/X 2210.04188"],
        ),
        (
            [published("A", "10.1/x", arxiv_id="2210.04188"), preprint("B", "2210.04188")],
            ["10.1/x 2210.04188"],
        ),
        # a conference and its journal version; two preprints; different works
        ([published("A", "10.1/x"), published("A", "10.1/y")], ["10.1/x ", "10.1/y "]),
        (
            [preprint("A", "2210.04188"), preprint("A", "2210.04189")],
            [" 2210.04188", " 2210.04189"],
        ),
        ([published("A", "10.1/x"), preprint("B", "2210.04188")], ["10.1/x ", " 2210.04188"]),
    ],
)
def test_each_work_comes_once(works, shown):
    found = [f"{work.record.doi} {work.record.arxiv_id}" for work in joined(works)]

    assert found == shown


def test_second_preprint_of_one_title_does_not_hide_in_the_paper():
    works = joined(
        [
            published("A", "10.1/x", arxiv_id="2210.04188"),
            preprint("A", "2210.04189"),
        ]
    )

    assert [work.record.arxiv_id for work in works] == ["2210.04188", "2210.04189"]
