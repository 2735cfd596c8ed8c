"""`check_links` against a real server on this machine."""

from threading import Event

import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command

from homepage.common.http import Client
from homepage.links.checking import check
from homepage.links.findings import Finding
from homepage.links.outgoing import outgoing_links
from homepage.links.results import keep
from homepage.management.commands.check_links import Command
from homepage.models import LinkCheck
from tests.factories import (
    make_category,
    make_news,
    make_profile,
    make_publication,
    make_section,
    make_venue,
)
from tests.servers import LOOPBACK, Reply, closed_port

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(server, capsys):
    """Run the command with a client that may ask the server of the test; return what it says."""

    def run(*others, verbosity=1):
        def client(sleep):
            allowed = [server.address, *others]
            return Client(
                schemes=("http", "https"), allowed=allowed, pause=0, sleep=sleep, time_limit=2
            )

        call_command(Command(client=client), verbosity=verbosity)
        return capsys.readouterr().out

    return run


def states():
    return {check.url: check.state for check in LinkCheck.objects.all()}


def test_every_link_that_a_visitor_may_click_is_found(settings):
    settings.SITE_URL = "https://jane.example.org"
    make_profile(affiliation_url="https://a.example/", links=[("website", "https://b.example/")])
    make_section(body="[c](https://c.example/x#part) and www.d.example, [us](/publications/)")
    make_news("See <https://jane.example.org/> and [e](https://e.example/?a=1&b=2)")
    make_category(intro="[f](https://f.example/)")
    make_publication(
        doi="10.1000/x", arxiv_id="2210.04188", links=[("g", "https://g.example/"), ("us", "/cv/")]
    )
    make_publication(venue=make_venue(url="https://h.example/"), abstract="https://i.example/")
    make_publication(visibility="trash", links=[("gone", "https://trash.example/")])

    assert list(outgoing_links()) == [
        "https://a.example/",
        "https://b.example/",
        "https://c.example/x",
        "https://www.d.example",
        "https://e.example/?a=1&b=2",
        "https://f.example/",
        "https://i.example/",
        "https://doi.org/10.1000/x",
        "https://arxiv.org/abs/2210.04188",
        "https://g.example/",
        "https://h.example/",
    ]


def test_a_link_in_two_places_is_asked_once_and_named_twice(server, run):
    server.reply("/a", Reply("no", 404))
    for title in ("First", "Second"):
        make_publication(title, links=[("code", f"{server.url}/a")])

    said = run()

    assert "in “First”, “Second”" in said or "in “Second”, “First”" in said
    assert len(set(server.paths)) == 1
    assert len(LinkCheck.objects.get().places) == 2


def test_links_are_good_broken_or_unsure(server, run):
    port = closed_port()
    server.reply("/good", Reply("hello"))
    server.redirect("/moved", "/good")
    server.redirect("/circle", "/circle")
    server.reply("/refuses", Reply("robots?", 403))
    server.reply("/fault", Reply("oops", 500))
    paths = ["good", "moved", "circle", "refuses", "fault", "nothing"]
    links = [(path, f"{server.url}/{path}") for path in paths]
    make_publication(
        links=[*links, ("dead", f"http://{LOOPBACK}:{port}/"), ("inside", "http://10.0.0.1/")]
    )

    said = run((LOOPBACK, port))

    assert states() == {
        f"{server.url}/good": "good",
        f"{server.url}/moved": "good",
        f"{server.url}/circle": "broken",
        f"{server.url}/refuses": "unsure",
        f"{server.url}/fault": "unsure",
        f"{server.url}/nothing": "broken",
        f"http://{LOOPBACK}:{port}/": "broken",
        "http://10.0.0.1/": "broken",
    }
    assert f"Broken: {server.url}/nothing" in said
    assert "There is no such page (HTTP 404)." in said
    assert said.endswith("8 links checked: 2 good, 4 broken, 2 not sure.\n")


def test_a_server_that_has_no_ear_for_head_is_asked_with_get(server, run):
    server.reply("/a", Reply("no HEAD here", 405), Reply("hello"))
    make_publication(links=[("a", f"{server.url}/a")])

    run()

    assert states() == {f"{server.url}/a": "good"}
    assert server.methods == ["HEAD", "GET"]


def test_a_large_file_is_not_fetched(server, run):
    server.reply("/big.pdf", Reply(b"x" * 50_000_000))
    make_publication(links=[("pdf", f"{server.url}/big.pdf")])

    run()

    assert states() == {f"{server.url}/big.pdf": "good"}


def test_a_doi_is_good_if_its_resolver_knows_it(server):
    class Resolver:
        def status(self, url, *, follow):
            self.followed = follow
            return Reply(status=302)

    client = Resolver()

    (finding,) = check(["https://doi.org/10.1000/x"], client, Event())

    assert finding.state == "good"
    assert client.followed is False


def test_a_new_check_replaces_the_old_one(server, run):
    server.reply("/a", Reply("no", 404), Reply("no", 404), Reply("back"))
    publication = make_publication(links=[("a", f"{server.url}/a"), ("b", f"{server.url}/b")])
    run()
    publication.links.filter(label="b").delete()

    run()

    assert states() == {f"{server.url}/a": "good"}


def test_what_was_not_asked_keeps_its_last_finding():
    make_publication(links=[("a", "https://a.example/"), ("b", "https://b.example/")])
    links = outgoing_links()
    keep(
        links,
        [Finding("https://a.example/", "broken", "Gone."), Finding("https://b.example/", "good")],
    )
    first = LinkCheck.objects.get(url="https://a.example/").checked

    keep(links, [Finding("https://b.example/", "unsure", "Slow.")])

    assert states() == {"https://a.example/": "broken", "https://b.example/": "unsure"}
    assert LinkCheck.objects.get(url="https://a.example/").checked == first


def test_stopping_keeps_what_was_found(server, run, monkeypatch):
    make_publication(links=[("a", f"{server.url}/a"), ("b", f"http://{LOOPBACK}/b")])

    def interrupted(urls, client, stopping):
        yield Finding(f"{server.url}/a", "good")
        raise KeyboardInterrupt

    monkeypatch.setattr("homepage.management.commands.check_links.check", interrupted)

    with pytest.raises(
        CommandError, match=r"^Stopped after 1 of 2 links; what was found is kept\.$"
    ):
        run()
    assert states() == {f"{server.url}/a": "good"}


def test_without_a_network_nothing_is_kept(run):
    port = closed_port()
    make_publication(links=[("dead", f"http://{LOOPBACK}:{port}/")])

    with pytest.raises(CommandError, match="Is this computer online"):
        run((LOOPBACK, port))

    assert not LinkCheck.objects.exists()


def test_a_site_without_links_has_nothing_to_check(run):
    assert run() == "Nothing to do: the site links to no other.\n"


def test_it_is_silent_when_asked_to_be(server, run):
    make_publication(links=[("a", f"{server.url}/a")])

    assert run(verbosity=0) == ""


def test_many_papers_cost_as_few_queries_as_one(django_assert_num_queries):
    def queries():
        with django_assert_num_queries(9):
            outgoing_links()

    make_profile()
    make_publication(links=[("a", "https://a.example/")])
    queries()
    for number in range(20):
        make_publication(links=[("a", f"https://a.example/{number}")])
    queries()


def test_the_admin_lists_what_is_broken_and_where(admin_client):
    publication = make_publication("A & B", links=[("a", "https://a.example/?x=1&y=2")])
    keep(outgoing_links(), [Finding("https://a.example/?x=1&y=2", "broken", "Gone <b>.")])

    page = BeautifulSoup(
        admin_client.get("/admin/homepage/linkcheck/?state=broken").content, "html.parser"
    )

    row = page.select_one("#result_list tbody tr")
    assert [link["href"] for link in row.find_all("a")] == [
        "https://a.example/?x=1&y=2",
        f"/admin/publications/publication/{publication.pk}/change/",
    ]
    assert "Gone <b>." in row.text
