import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publications.fetching import NotFetched, Unavailable
from publications.fetching.orcid import Service, Work, load
from tests.servers import Reply

ID = "0000-0002-1825-0097"
JSON = "application/json;charset=UTF-8"


@pytest.fixture
def service(server, client):
    return Service(client, f"{server.url}/v3.0/", time_limit=5)


def test_works_are_asked_for_as_json(server, service, data):
    server.reply(f"/v3.0/{ID}/works", Reply(data("orcid.json"), type=JSON))

    assert service.text(ID) == data("orcid.json")
    assert server.requests[0][1]["Accept"] == "application/json"


@pytest.mark.parametrize(
    ("reply", "kind", "why"),
    [
        (Reply('{"response-code":404}', 404, type=JSON), NotFetched, "no such iD"),
        (Reply('{"response-code":409}', 409, type=JSON), NotFetched, "locked"),
        (Reply("", 401), NotFetched, "HTTP 401"),
        (Reply("", 500), Unavailable, "HTTP 500"),
        (Reply("", 429), Unavailable, "try again later"),
        (Reply("<html>", type="text/html"), NotFetched, "no list of works"),
        (Reply("[]", type=JSON), NotFetched, "no list of works"),
        (Reply("{}", type=JSON), NotFetched, "no list of works"),
        (Reply('{"group": 5}', type=JSON), NotFetched, "no list of works"),
        (Reply('{"group": [5]}', type=JSON), NotFetched, "no list of works"),
        (Reply('{"group": []', type=JSON), NotFetched, "no list of works"),
        (Reply("[" * 100_000, type=JSON), NotFetched, "no list of works"),
        (Reply("", delay=4), Unavailable, "did not answer"),
    ],
)
def test_what_is_not_to_be_had_is_said_in_a_sentence(server, service, reply, kind, why):
    server.reply(f"/v3.0/{ID}/works", reply)
    if reply.delay:
        service.time_limit = 0.3

    with pytest.raises(NotFetched, match=why) as failed:
        service.text(ID)

    assert type(failed.value) is kind


def test_each_work_is_listed_once_with_its_identifiers(data):
    assert load(data("orcid.json")) == (
        Work(
            title="Invertible Rescaling Network and Its Extensions",
            doi="10.1007/s11263-022-01688-4",
            arxiv_id="2210.04188",
        ),
        Work(title="A preprint", arxiv_id="2104.08253"),
        Work(title="Proceedings chapter without a number"),
    )


@pytest.mark.slow
def test_list_of_a_thousand_works_is_not_too_large(server, service, data):
    groups = json.loads(data("orcid.json"))["group"] * 1000
    server.reply(f"/v3.0/{ID}/works", Reply(json.dumps({"group": groups}), type=JSON))

    text = service.text(ID)

    assert len(text) > 2_000_000
    # Those without an identifier may be different works.
    assert len(load(text)) == 2 + 1000


def test_record_without_public_works_is_an_empty_list():
    assert load('{"last-modified-date": null, "group": [], "path": "/x/works"}') == ()


json_values = st.recursive(
    st.none() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                "external-ids external-id external-id-type external-id-value value title "
                "external-id-normalized external-id-relationship work-summary".split()
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(st.lists(st.dictionaries(st.sampled_from(["external-ids", "work-summary"]), json_values)))
def test_any_groups_become_works(groups):
    assert len(load(json.dumps({"group": groups}))) <= len(groups)
