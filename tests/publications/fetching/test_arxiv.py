import pytest
from hypothesis import given
from hypothesis import strategies as st

from homepage.common.http import Client
from publications.fetching import NotFetched, Unavailable
from publications.fetching.arxiv import PAUSE, Service, load
from tests.servers import Reply

ID = "2210.04188"
PATH = f"/api/query?id_list={ID}&max_results=1"
ATOM = "application/atom+xml; charset=UTF-8"
ERROR = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <entry>
    <id>http://arxiv.org/api/errors#incorrect_id_format_for_2210.04188</id>
    <title>Error</title>
    <summary>incorrect id format for 2210.04188</summary>
    <author><name>arXiv api core</name></author>
  </entry>
</feed>"""
EMPTY = '<feed xmlns="http://www.w3.org/2005/Atom"><title>ArXiv Query</title></feed>'


@pytest.fixture
def service(server, client):
    return Service(client, f"{server.url}/api/query", pause=0)


def entry(**fields):
    shown = {"id": f"http://arxiv.org/abs/{ID}v1", "title": "A title", **fields}
    inner = "".join(f"<{name}>{text}</{name}>" for name, text in shown.items())
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><entry>{inner}</entry></feed>'


def test_id_is_asked_for_at_the_api(server, service, data):
    server.reply(PATH, Reply(data("arxiv.xml"), type=ATOM))

    assert service.text(ID) == data("arxiv.xml")
    assert server.paths == [PATH]


def test_old_id_keeps_its_slash(server, service):
    path = "/api/query?id_list=math/0309136&max_results=1"
    server.reply(path, Reply(entry(id="http://arxiv.org/abs/math/0309136v1")))

    assert service.text("math/0309136")


def test_two_requests_are_three_seconds_apart(server, data):
    waits = []
    client = Client(schemes=("http",), allowed=[server.address], sleep=waits.append)
    server.reply(PATH, Reply(data("arxiv.xml"), type=ATOM))
    service = Service(client, f"{server.url}/api/query")

    service.text(ID)
    service.text(ID)

    assert PAUSE == 3
    assert 2 < waits[0] <= 3


@pytest.mark.parametrize(
    ("reply", "kind", "why"),
    [
        (Reply(ERROR, type=ATOM), NotFetched, "^arXiv says: incorrect id format for 2210.04188.$"),
        (Reply(ERROR, 400, type=ATOM), NotFetched, "incorrect id format"),
        (Reply(EMPTY, type=ATOM), NotFetched, "no such id"),
        (Reply(entry(id="http://arxiv.org/abs/2104.08253v1")), NotFetched, "no such id"),
        (Reply(entry(title=" ")), NotFetched, "no such id"),
        (Reply(entry(), 403), NotFetched, "HTTP 403"),
        (Reply("Rate exceeded."), Unavailable, "asked too often"),
        (Reply("Rate exceeded.", 429), Unavailable, "try again later"),
        (Reply("", 503), Unavailable, "try again later"),
        (Reply("", 500), Unavailable, "HTTP 500"),
        (Reply("<html><p>Maintenance", type="text/html"), NotFetched, "no feed"),
        (Reply("{}", type="application/json"), NotFetched, "no feed"),
        (Reply(""), NotFetched, "no feed"),
        (Reply("<a>\x00</a>"), NotFetched, "no feed"),
        (Reply(b"\xff\xfe<\x00a\x00>\x00"), NotFetched, "no text"),
        (Reply('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'), NotFetched, "no feed"),
        (Reply("<a>" * 100_000), NotFetched, "no feed"),
        (Reply(" " * 2_000_001), NotFetched, "more than 2,000,000 bytes"),
        (Reply(entry(), delay=4), Unavailable, "did not answer"),
        (Reply("", 302, Location="http://192.168.0.1/"), NotFetched, "no public address"),
    ],
)
def test_what_is_not_to_be_had_is_said_in_a_sentence(server, service, reply, kind, why):
    server.reply(PATH, reply)
    if reply.delay:
        service.client.time_limit = 0.3

    with pytest.raises(NotFetched, match=why) as failed:
        service.text(ID)

    assert type(failed.value) is kind


def test_feed_becomes_a_record(data):
    (record,) = load(data("arxiv.xml"), ID).records

    title = r"Invertible Rescaling Network and Its Extensions in $O(n)$ < $O(n^2)$ \*time\*"
    assert record.title == title
    assert (record.kind, record.arxiv_id, record.doi) == (
        "article",
        ID,
        "10.1007/s11263-022-01688-4",
    )
    assert (record.year, record.month, record.day) == (2022, 10, 9)
    assert [str(name) for name in record.authors] == [
        "Mingqing Xiao",
        "Laurens van der Maaten",
        "ATLAS Collaboration",
    ]
    assert [name.family for name in record.authors] == ["Xiao", "Maaten", ""]
    assert record.abstract == (
        "Image rescaling is a commonly used bidirectional operation, which first downscales "
        "high-resolution images to fit various display screens.\n\n"
        "We propose a novel invertible framework with $x < 1$."
    )
    assert record.extra == {
        "comment": "Accepted by IJCV",
        "journal_ref": "Int J Comput Vis 131, 134-159 (2023)",
        "primary_category": "eess.IV",
    }
    assert "<" in record.text


def test_date_is_that_of_the_id_where_the_feed_has_none():
    (record,) = load(entry(), ID).records

    assert (record.year, record.month, record.day) == (2022, 10, None)


def test_paper_called_error_is_a_paper():
    (record,) = load(entry(title="Error"), ID).records

    assert record.title == "Error"


@given(st.text(max_size=300) | st.text(max_size=100).map("<feed>{}</feed>".format))
def test_any_text_is_refused_in_a_sentence(text):
    with pytest.raises(NotFetched, match=r"\.$"):
        load(text, ID)
