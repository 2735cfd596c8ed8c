import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publications.fetching import NotFetched, Unavailable
from publications.fetching.doi import ACCEPT, Service, load
from tests.servers import Reply

DOI = "10.1007/s11263-022-01688-4"


@pytest.fixture
def service(server, client):
    return Service(client, f"{server.url}/")


def test_doi_is_asked_for_as_csl_json(server, service, data):
    server.redirect(f"/{DOI}", "/works/transform")
    server.reply("/works/transform", Reply(data("crossref.json"), type=f"{ACCEPT}; charset=utf-8"))

    assert json.loads(service.text(DOI))["type"] == "journal-article"
    assert [headers["Accept"] for _, headers in server.requests] == [ACCEPT, ACCEPT]


def test_odd_characters_of_a_doi_stay_its_own(server, service, data):
    doi = "10.1002/(SICI)1097-4636(199823)43:4<338::AID#JBM16>3.0.CO;2-B"
    path = "/10.1002/(SICI)1097-4636(199823)43:4%3C338::AID%23JBM16%3E3.0.CO;2-B"
    server.reply(path, Reply(data("crossref.json"), type=ACCEPT))

    assert service.text(doi)
    assert server.paths == [path]


@pytest.mark.parametrize(
    ("reply", "kind", "why"),
    [
        (Reply("<html>", 404, type="text/html"), NotFetched, "no such DOI"),
        (Reply("", 204), NotFetched, "gives no metadata"),
        (Reply("", 406), NotFetched, "gives no metadata"),
        (Reply("<html>Paper", type="text/html"), NotFetched, "gives no metadata"),
        (Reply("@article{a,}", type="application/x-bibtex"), NotFetched, "gives no metadata"),
        (Reply("", 403), NotFetched, "HTTP 403"),
        (Reply("", 500), Unavailable, "HTTP 500"),
        (Reply("", 429), Unavailable, "try again later"),
        (Reply("", 429, Retry_After=9999), Unavailable, "asks to wait"),
        (Reply("{", type=ACCEPT), NotFetched, "cannot be read"),
        (Reply("[]", type=ACCEPT), NotFetched, "cannot be read"),
        (Reply("[" * 100_000, type=ACCEPT), NotFetched, "cannot be read"),
        (Reply(b'{"title": "\xff"}', type=ACCEPT), NotFetched, "no text"),
        (Reply("{}", type=ACCEPT), NotFetched, "no title"),
        (Reply('{"title": []}', type=ACCEPT), NotFetched, "no title"),
        (Reply('{"title": 5}', type=ACCEPT), NotFetched, "no title"),
        (Reply("x" * 2_000_001, type=ACCEPT), NotFetched, "more than 2,000,000 bytes"),
        (Reply("x" * 300, type=ACCEPT, drip=0.02), Unavailable, "did not answer"),
        (Reply(raw=b"junk\r\n\r\n"), Unavailable, "broken or cut off"),
        (Reply("", 302, Location="http://10.0.0.1/"), NotFetched, "no public address"),
        (Reply("", 302, Location="http://publisher.example:8080/"), NotFetched, "usual ports"),
    ],
)
def test_what_is_not_to_be_had_is_said_in_a_sentence(server, service, reply, kind, why):
    server.reply(f"/{DOI}", reply)
    if reply.drip:
        service.client.time_limit = 0.3

    with pytest.raises(NotFetched, match=why) as failed:
        service.text(DOI)

    assert type(failed.value) is kind


def test_crossref_becomes_a_record(data):
    loaded = load(data("crossref.json"), DOI)

    (record,) = loaded.records
    assert loaded.problems == ()
    assert record.title == "Invertible Rescaling Network and Its Extensions"
    assert [str(name) for name in record.authors] == [
        "Mingqing Xiao",
        "Shuxin Zheng",
        "Tie-Yan Liu",
    ]
    assert record.authors[2].family == "Liu"
    assert (record.kind, record.doi) == ("article-journal", DOI)
    assert (record.year, record.month, record.day) == (2022, 10, 10)
    assert (record.volume, record.number, record.pages) == ("131", "1", "134-159")
    assert (record.venue, record.venue_acronym) == ("International Journal of Computer Vision", "")
    assert (record.issn, record.language, record.citation_key) == ("0920-5691", "en", "")
    assert record.abstract == "Image rescaling is <i>ill-posed</i> & common."
    assert record.links == ()
    assert {"reference", "license", "indexed"}.isdisjoint(record.extra)


def test_datacite_becomes_a_record(data):
    (record,) = load(data("datacite.json"), "10.5281/zenodo.1234567").records

    assert (record.kind, record.publisher, record.year) == ("dataset", "Zenodo", 2021)
    assert [str(name) for name in record.authors] == [
        "Anna van der Berg",
        "The Spiking Consortium",
    ]
    assert record.doi == "10.5281/zenodo.1234567"


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"title": "A", "subtitle": ["B"]}, {"title": "A: B"}),
        ({"title": ["Why?"], "subtitle": ["B"]}, {"title": "Why? B"}),
        ({"title": "A: b", "subtitle": ["B"]}, {"title": "A: b"}),
        (
            {"title": "On <i>E. coli</i> in H<sub>2</sub>O"},
            {"title": "On *E. coli* in H<sub>2</sub>O"},
        ),
        ({"title": "<scp>DNA</scp> <mml:math><mml:mi>x</mml:mi></mml:math>"}, {"title": "DNA x"}),
        ({"title": "A &amp; B"}, {"title": "A & B"}),
        ({"title": "A\n   B"}, {"title": "A B"}),
        ({"container-title": ["Nature", "Other"]}, {"venue": "Nature"}),
        (
            {"container-title": "Proceedings of X", "container-title-short": "PNAS"},
            {"venue": "Proceedings of X", "venue_acronym": "PNAS"},
        ),
        ({"container-title": "Nature", "container-title-short": "Nature"}, {"venue_acronym": ""}),
        (
            {"type": "proceedings-article", "event": {"name": "A Conference"}},
            {"kind": "paper-conference", "venue": "A Conference"},
        ),
        ({"type": "posted-content"}, {"kind": "article"}),
        ({"article-number": "e1042"}, {"pages": "e1042"}),
        ({"ISBN": ["http://id.crossref.org/isbn/9783030584528"]}, {"isbn": "9783030584528"}),
        (
            {"issued": {"date-parts": [[None]]}, "published": {"date-parts": [[2020, 5]]}},
            {"year": 2020, "month": 5},
        ),
        ({"id": "https://doi.org/10.1/x"}, {"citation_key": ""}),
        ({"DOI": "10.9999/other"}, {"doi": DOI}),
    ],
)
def test_what_agencies_write_in_their_own_way_is_read(fields, shown):
    (record,) = load(json.dumps({"title": "A", **fields}), DOI).records

    assert {name: getattr(record, name) for name in shown} == shown


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
names = st.sampled_from(
    "title subtitle type author container-title container-title-short issued published ISBN ISSN "
    "event page DOI abstract publisher".split()
)


@given(st.dictionaries(names, json_values))
def test_any_object_becomes_a_record_or_is_refused(item):
    try:
        loaded = load(json.dumps(item), DOI)
    except NotFetched:
        return
    assert loaded.records[0].title
    assert loaded.records[0].doi == DOI
