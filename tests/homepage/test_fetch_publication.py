"""The command, from what is typed to the rows, with all services on this machine."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from homepage import fetching
from homepage.common import history
from homepage.common.http import Client
from homepage.management.commands import fetch_publication
from homepage.management.commands.fetch_publication import Command
from publications.fetching import arxiv, doi, orcid
from publications.fetching.kept import Kept
from publications.fetching.works import Fetcher
from publications.models import Author, Category, ImportRun, Publication, Source
from tests.factories import make_profile, make_publication
from tests.servers import Reply

MODELS = (Publication, Author, Category, Source, ImportRun)
ORCID = "0000-0002-1825-0097"

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(tmp_path):
    return tmp_path / "kept"


@pytest.fixture
def run(server, kept):
    """Run the command against the local server; return what it prints."""

    def make_fetcher():
        client = Client(
            schemes=("http",), allowed=[server.address], pause=0, time_limit=5, sleep=lambda _: None
        )
        return Fetcher(
            doi.Service(client, f"{server.url}/"),
            arxiv.Service(client, f"{server.url}/arxiv", pause=0),
            orcid.Service(client, f"{server.url}/orcid/"),
            Kept(kept),
        )

    def run(*identifiers, out=None, **options):
        out = out or StringIO()
        call_command(Command(stdout=out, fetcher=make_fetcher), *identifiers, **options)
        return out.getvalue()

    return run


def paper(number, **fields):
    item = {
        "type": "journal-article",
        "title": f"Paper {number}",
        "author": [{"given": "Jane", "family": "Doe"}, {"given": "Ann", "family": "Roe"}],
        "container-title": "Journal of Tests",
        "issued": {"date-parts": [[2020 + number % 5]]},
        **fields,
    }
    return Reply(json.dumps(item), type=doi.ACCEPT)


def preprint(arxiv_id, title, **fields):
    inner = "".join(f"<{name}>{text}</{name}>" for name, text in fields.items())
    return Reply(
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry>'
        f"<id>http://arxiv.org/abs/{arxiv_id}v1</id><title>{title}</title>{inner}"
        "<published>2021-04-16T00:00:00Z</published>"
        "<author><name>Jane Doe</name></author></entry></feed>"
    )


def works(*identifiers):
    groups = [
        {
            "external-ids": {
                "external-id": [
                    {
                        "external-id-type": kind,
                        "external-id-value": value,
                        "external-id-relationship": "self",
                    }
                ]
            },
            "work-summary": [{"title": {"title": {"value": f"Work {value}"}}}],
        }
        for kind, value in identifiers
    ]
    return Reply(json.dumps({"group": groups}), type="application/json")


def rows():
    return {model.__name__: sorted(map(str, model.objects.values_list())) for model in MODELS}


def test_doi_becomes_a_publication_under_the_heading_of_its_kind(run, server):
    server.reply("/10.1234/one", paper(1))

    out = run("https://doi.org/10.1234/one")

    publication = Publication.objects.get()
    assert (publication.title, publication.doi, publication.year) == (
        "Paper 1",
        "10.1234/one",
        2021,
    )
    assert publication.venue.name == "Journal of Tests"
    assert publication.category.title == "Journal Papers"
    assert [str(row.author) for row in publication.authorships.all()] == ["Jane Doe", "Ann Roe"]
    source = publication.sources.get()
    assert (source.format, source.run.source) == ("doi", "DOI 10.1234/one")
    assert "Paper 1" in source.run.report
    assert out.startswith("  new: Paper 1\n")
    assert out.endswith("Fetched 1 publication (1 new).\n")


def test_arxiv_id_becomes_a_preprint(run, server):
    server.reply("/arxiv?id_list=2104.08253&max_results=1", preprint("2104.08253", "A $x$"))

    run("arXiv:2104.08253v2")

    publication = Publication.objects.get()
    assert (publication.title, publication.arxiv_id, publication.kind) == (
        "A $x$",
        "2104.08253",
        "article",
    )
    assert (publication.year, publication.month) == (2021, 4)
    assert publication.sources.get().format == "arxiv"


def test_same_identifiers_again_change_nothing(run, server):
    server.reply("/10.1234/one", paper(1))
    server.reply("/arxiv?id_list=2104.08253&max_results=1", preprint("2104.08253", "A"))
    run("10.1234/one", "2104.08253")
    before = rows()

    out = run("10.1234/one", "2104.08253")

    assert rows() == before
    assert "Nothing to do, the site has it all already: 2 publications (0 new, 2 unchanged)." in out


def test_same_identifier_later_brings_what_is_new_and_keeps_edits(run, server):
    server.reply("/10.1234/one", paper(1), paper(1, title="Paper One", volume="7"))
    run("10.1234/one")
    Publication.objects.update(title="My own title")

    out = run("10.1234/one")

    publication = Publication.objects.get()
    assert (publication.title, publication.volume) == ("My own title", "7")
    assert "title: edited here, kept My own title (the source says Paper One)" in out
    last, found, _ = history.states_of(publication)
    assert last.comment.startswith("Changed by the import of DOI 10.1234/one, with a command")
    assert [one.label for one in last.since(found)] == ["Volume"]


def test_paper_that_is_here_by_hand_is_completed(run, server):
    make_publication("Paper 1", authors=["Jane Doe", "Ann Roe"], year=2021)
    server.reply("/10.1234/one", paper(1))

    run("10.1234/one")

    assert Publication.objects.get().doi == "10.1234/one"


def test_paper_in_the_trash_stays_there(run, server):
    make_publication("Paper 1", doi="10.1234/one", visibility="trash")
    server.reply("/10.1234/one", paper(1))

    out = run("10.1234/one")

    assert Publication.objects.get().visibility == "trash"
    assert "deleted by owner: left in the trash" in out


def test_published_paper_takes_the_place_of_its_preprint(run, server):
    server.reply("/arxiv?id_list=2104.08253&max_results=1", preprint("2104.08253", "Paper 1"))
    run("2104.08253")
    server.reply("/10.1234/one", paper(1))
    server.reply(f"/orcid/{ORCID}/works", works(("doi", "10.1234/one"), ("arxiv", "2104.08253")))

    run(ORCID)

    publication = Publication.objects.get()
    assert (publication.kind, publication.doi, publication.arxiv_id) == (
        "article-journal",
        "10.1234/one",
        "2104.08253",
    )


def test_owner_is_marked_by_the_name_in_the_profile(run, server):
    make_profile(name="Jane Doe")
    server.reply("/10.1234/one", paper(1))

    run("10.1234/one")

    assert str(Author.objects.get(is_owner=True)) == "Jane Doe"


# A person's works


def test_orcid_brings_all_works_and_names_those_without_an_identifier(run, server):
    server.reply(
        f"/orcid/{ORCID}/works",
        works(("doi", "10.1234/1"), ("doi", "10.1234/2"), ("arxiv", "2104.08253"), ("isbn", "1")),
    )
    server.reply("/10.1234/1", paper(1))
    server.reply("/10.1234/2", paper(2))
    server.reply("/arxiv?id_list=2104.08253&max_results=1", preprint("2104.08253", "A"))

    out = run(f"https://orcid.org/{ORCID}")

    assert Publication.objects.count() == 3
    assert ImportRun.objects.get().source == f"ORCID {ORCID}"
    assert "Left out, for it has neither DOI nor arXiv id: Work 1" in out
    assert "Fetched 3 publications (3 new)." in out


def test_work_that_left_the_list_is_kept_and_named(run, server):
    listed = [("doi", "10.1234/1"), ("doi", "10.1234/2"), ("arxiv", "2104.08253")]
    server.reply(f"/orcid/{ORCID}/works", works(*listed), works(*listed[1:]))
    server.reply("/10.1234/1", paper(1))
    server.reply("/10.1234/2", paper(2))
    server.reply("/arxiv?id_list=2104.08253&max_results=1", preprint("2104.08253", "A"))
    run(ORCID)

    out = run(ORCID)

    assert Publication.objects.count() == 3
    assert out.count("No longer in the source, kept:") == 1
    assert "No longer in the source, kept: Paper 1" in out


def test_empty_record_is_said_and_no_error(run, server):
    server.reply(f"/orcid/{ORCID}/works", works())

    assert run(ORCID) == f"ORCID {ORCID} lists no public works.\n"
    assert rows() == {model.__name__: [] for model in MODELS}


def test_fetching_is_undone_as_a_whole(run, server):
    server.reply("/10.1234/1", paper(1))
    server.reply("/arxiv?id_list=2104.08253&max_results=1", preprint("2104.08253", "A"))
    run("10.1234/1", "2104.08253")

    call_command("undo_import", verbosity=0)

    assert not Publication.objects.exists()


# Failures


def test_what_cannot_be_had_is_named_and_the_rest_saved(run, server):
    server.reply("/10.1234/1", paper(1))
    server.reply("/10.1234/3", Reply("<html>", type="text/html"))

    with pytest.raises(CommandError) as failed:
        run("10.1234/1", "10.1234/2", "10.1234/3", ORCID)

    assert failed.value.returncode == 1
    assert str(failed.value).splitlines() == [
        "Not fetched:",
        f"  ORCID {ORCID}: ORCID knows no such iD: check its digits.",
        "  DOI 10.1234/2: There is no such DOI: check it letter by letter.",
        "  DOI 10.1234/3: Whoever registered this DOI gives no metadata: take the BibTeX entry "
        "from the page of the paper.",
        "The rest is saved. The same command asks again for these only.",
    ]
    assert Publication.objects.get().doi == "10.1234/1"


def test_second_run_asks_only_for_what_failed(run, server):
    server.reply("/10.1234/1", paper(1))
    server.reply("/10.1234/2", Reply("", 500), paper(2))
    with pytest.raises(CommandError):
        run("10.1234/1", "10.1234/2")

    run("10.1234/1", "10.1234/2")

    assert Publication.objects.count() == 2
    assert server.paths == ["/10.1234/1", "/10.1234/2", "/10.1234/2"]


def test_list_that_did_not_come_whole_says_nothing_about_what_left_it(run, server):
    listed = works(("doi", "10.1234/1"), ("doi", "10.1234/2"))
    server.reply(f"/orcid/{ORCID}/works", listed)
    server.reply("/10.1234/1", paper(1), Reply("", 404))
    server.reply("/10.1234/2", paper(2))
    run(ORCID)
    out = StringIO()

    with pytest.raises(CommandError, match="no such DOI"):
        run(ORCID, out=out)

    assert "  same: Paper 2\n" in out.getvalue()
    assert "No longer" not in out.getvalue()
    assert Publication.objects.count() == 2


def test_service_that_does_not_answer_is_given_up_after_three_works(run, server):
    for number in range(10):
        server.reply(f"/10.1234/{number}", Reply("", 500))

    with pytest.raises(CommandError) as failed:
        run(*(f"10.1234/{number}" for number in range(10)))

    assert len(server.requests) == 3
    assert "7 more works not asked for, since there was no answer 3 times in a row." in str(
        failed.value
    )
    assert rows() == {model.__name__: [] for model in MODELS}


def test_interrupted_list_goes_on_where_it_stopped(run, server, monkeypatch):
    numbers = range(8)
    server.reply(f"/orcid/{ORCID}/works", works(*(("doi", f"10.1234/{n}") for n in numbers)))
    for number in numbers:
        server.reply(f"/10.1234/{number}", paper(number))
    fetch = Fetcher.fetch

    def interrupted(self, work):
        if work.doi == "10.1234/5":
            raise KeyboardInterrupt
        return fetch(self, work)

    monkeypatch.setattr(Fetcher, "fetch", interrupted)
    with pytest.raises(CommandError, match="Stopped, and nothing was saved") as stopped:
        run(ORCID)
    assert stopped.value.returncode == 130
    assert rows() == {model.__name__: [] for model in MODELS}
    assert len(server.requests) == 6

    monkeypatch.setattr(Fetcher, "fetch", fetch)
    run(ORCID)

    assert Publication.objects.count() == 8
    assert len(server.requests) == 9


def test_answers_are_forgotten_once_all_is_saved(run, server, kept):
    server.reply("/10.1234/1", paper(1))

    run("10.1234/1", dry_run=True)
    assert len(list(kept.iterdir())) == 1
    run("10.1234/1")

    assert list(kept.iterdir()) == []
    assert server.paths == ["/10.1234/1"]


@pytest.mark.parametrize("typo", ["10.1234", "0000-0002-1825-0098", "Paper 1"])
def test_typing_error_stops_everything_before_anyone_is_asked(run, server, typo):
    with pytest.raises(CommandError, match=f"“{typo}” cannot be fetched. "):
        run("10.1234/1", typo)

    assert server.requests == []


def test_full_disk_is_said_in_a_sentence(run, server, kept):
    server.reply("/10.1234/1", paper(1))
    kept.write_text("a file where the folder should be")

    with pytest.raises(CommandError, match=r"cannot be written: .*\.$"):
        run("10.1234/1")

    assert not Publication.objects.exists()


def test_failure_while_saving_leaves_nothing_half_written(run, server, monkeypatch):
    server.reply("/10.1234/1", paper(1))
    server.reply("/arxiv?id_list=2104.08253&max_results=1", preprint("2104.08253", "A"))
    apply = fetching.reconcile.apply

    def stale_at_the_second(plan, run):
        if plan.format == "arxiv":
            raise fetching.reconcile.StalePlan("The publications were changed meanwhile.")
        apply(plan, run)

    monkeypatch.setattr(fetching.reconcile, "apply", stale_at_the_second)

    with pytest.raises(CommandError, match="changed meanwhile"):
        run("10.1234/1", "2104.08253")

    assert rows() == {model.__name__: [] for model in MODELS}


# What is shown


def test_dry_run_shows_what_the_real_run_does_and_writes_nothing(run, server):
    make_publication("Paper 1", year=2021)
    server.reply("/10.1234/1", paper(1))
    server.reply("/10.1234/2", paper(2))
    server.reply("/arxiv?id_list=2104.08253&max_results=1", preprint("2104.08253", "A"))
    before = rows()

    dry = run("10.1234/1", "10.1234/2", "2104.08253", dry_run=True)

    assert rows() == before
    assert dry.endswith("Dry run, nothing was saved: 3 publications (2 new, 1 changed).\n")
    real = run("10.1234/1", "10.1234/2", "2104.08253")
    assert dry.splitlines()[:-1] == real.splitlines()[:-1]


def test_nothing_is_printed_at_verbosity_0(run, server, capsys):
    server.reply("/10.1234/1", paper(1))

    assert run("10.1234/1", verbosity=0) == ""
    assert capsys.readouterr().err == ""
    assert Publication.objects.count() == 1


@pytest.mark.parametrize(("is_terminal", "verbosity", "shown"), [(1, 1, 1), (0, 1, 0), (1, 0, 0)])
def test_progress_is_shown_on_a_terminal(run, server, monkeypatch, is_terminal, verbosity, shown):
    class Terminal(StringIO):
        def isatty(self):
            return bool(is_terminal)

    terminal = Terminal()
    monkeypatch.setattr(fetch_publication.sys, "stderr", terminal)
    server.reply("/10.1234/1", paper(1))

    run("10.1234/1", verbosity=verbosity)

    assert ("1/1" in terminal.getvalue() or "0/1" in terminal.getvalue()) == bool(shown)


# Who asks


@pytest.mark.parametrize(
    ("site_url", "email", "contact"),
    [
        ("", "", ""),
        ("https://jane.example.org", "", "https://jane.example.org"),
        ("", "jane@example.org", "mailto:jane@example.org"),
        (
            "https://jane.example.org",
            "jane@example.org",
            "https://jane.example.org; mailto:jane@example.org",
        ),
    ],
)
def test_services_learn_how_to_reach_the_owner(settings, site_url, email, contact):
    settings.SITE_URL = site_url
    make_profile(email=email)

    assert fetching.contact() == contact


def test_real_services_are_asked_encrypted_and_nobody_else_allowed(settings, tmp_path):
    settings.DATA_DIR = tmp_path

    fetcher = fetching.make_fetcher()

    assert fetcher.doi.base == "https://doi.org/"
    assert fetcher.arxiv.base == "https://export.arxiv.org/api/query"
    assert fetcher.orcid.base == "https://pub.orcid.org/v3.0/"
    assert fetcher.doi.client is fetcher.arxiv.client is fetcher.orcid.client
    assert fetcher.doi.client.schemes == ("https",)
    assert fetcher.doi.client.allowed == ()
    assert fetcher.kept.folder == tmp_path / "cache" / "fetched"
