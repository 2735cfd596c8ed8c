"""Lists show what is kept of papers, and it is what they would render now."""

import sqlite3
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from homepage.common.pieces import Pieces
from homepage.page_store import store
from publications import entries as module
from publications import feeds
from publications.entries import Entries, Look
from publications.models import Authorship, Publication, Source, Venue
from publications.paper_page import kept_parts
from tests.factories import make_profile, make_publication, make_section
from tests.publications.test_fingerprints import KEYS, change, name_of, paper, rows_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("forget_pages")]

__all__ = ["paper"]  # a fixture

PIECES = settings.CACHES["pieces"]
needs_a_file = pytest.mark.skipif(
    not PIECES["BACKEND"].endswith("PieceFile"), reason="Redis keeps the pieces."
)
LOOK = Look(origin="http://testserver")


@pytest.fixture
def papers():
    starred = {"marks": "*", "equal_contribution": True}
    return [
        make_publication(
            f"Paper {number} in $O(n)$ time",
            authors=["Ada Lovelace", (f"Carl Cox {number}", starred if number else {})],
            venue="Neural Networks (NN)",
            links=[("code", f"https://example.org/{number}")],
            abstract="We *listen*.",
            doubts="?" if number == 3 else "",
            source="As **typed**",
        )
        for number in range(4)
    ]


@pytest.fixture
def rendered(monkeypatch):
    """Return the titles of the papers that were rendered, in a list that grows."""
    titles, render = [], module.render

    def noted(paper, *args):
        titles.append(paper.title)
        return render(paper, *args)

    monkeypatch.setattr(module, "render", noted)
    return titles


def fresh(client, address):
    """Return a page that is not kept itself."""
    store.clear()
    return client.get(address).content.decode()


@pytest.fixture
def addresses(papers):
    make_profile()
    make_section("Publications", shows="publications")
    make_section("Papers", shows="publications", place="page", group_by="year")
    page = reverse("publications:detail", args=[papers[1].slug])
    return ["/", "/papers/", "/publications/", "/publications/?group=kind", page]


def test_pages_are_the_same_with_and_without_what_is_kept(client, addresses, rendered):
    for address in addresses:
        caches["pieces"].clear()
        first = fresh(client, address)
        del rendered[:]
        assert fresh(client, address) == first
        assert rendered == []


def test_only_the_paper_that_changed_is_rendered_anew(client, addresses, papers, rendered):
    before = [fresh(client, address) for address in addresses]
    del rendered[:]
    Publication.objects.filter(pk=papers[1].pk).update(award="Best Paper")

    after = [fresh(client, address) for address in addresses]

    assert set(rendered) == {papers[1].title}
    assert all("Best Paper" in page for page in after)
    caches["pieces"].clear()
    assert [fresh(client, address) for address in addresses] == after
    Publication.objects.filter(pk=papers[1].pk).update(award="")
    assert [fresh(client, address) for address in addresses] == before


def test_each_language_has_its_own(client, addresses, settings):
    page = fresh(client, "/")
    settings.LANGUAGE_CODE = "zh-hans"
    with translation.override("zh-hans"):
        assert fresh(client, "/") != page
    settings.LANGUAGE_CODE = "en"
    assert fresh(client, "/") == page


def test_each_host_has_its_own(papers, rendered):
    """A citation names files of the site by its whole address."""
    [paper] = papers[:1]
    paper.links.update(url="/media/papers/a.pdf")
    shown = [
        Entries([paper.pk]).of([paper.pk], Look(detailed=True, origin=origin), False)[paper.pk]
        for origin in ("https://a.example", "https://b.example")
    ]
    assert ["https://a.example/media" in shown[0], "https://b.example/media" in shown[1]] == [
        True
    ] * 2


def test_pictures_come_and_go_with_the_profile(client, addresses, papers):
    image = {"image": "images/0123.png", "image_width": 400, "image_height": 300}
    Publication.objects.filter(pk=papers[0].pk).update(**image)
    assert "0123.png" in fresh(client, "/")
    make_profile(shows_images=False)
    assert "0123.png" not in fresh(client, "/")


def test_a_draft_is_on_no_page_and_nothing_of_it_is_kept(client, addresses, papers, rendered):
    Publication.objects.filter(pk=papers[0].pk).update(visibility="draft")
    assert not [address for address in addresses if papers[0].title[:7] in fresh(client, address)]
    assert papers[0].title not in rendered
    assert Entries([papers[0].pk]).of([papers[0].pk], LOOK, False) == {}


def test_a_paper_that_becomes_a_draft_leaves_at_once(client, addresses, papers):
    assert "Paper 0" in fresh(client, "/")
    Publication.objects.filter(pk=papers[0].pk).update(visibility="draft")
    assert "Paper 0" not in fresh(client, "/")
    Publication.objects.filter(pk=papers[0].pk).update(visibility="public")
    assert "Paper 0" in fresh(client, "/")


def test_nothing_of_a_preview_is_kept(admin_client, client, addresses, papers, monkeypatch):
    Publication.objects.filter(pk=papers[0].pk).update(visibility="draft")
    kept = []
    monkeypatch.setattr(Pieces, "put", lambda self, digests, texts: kept.extend(texts))
    section = make_section("Hidden", shows="publications", place="page", visibility="draft")

    page = admin_client.get(f"/admin/homepage/section/{section.pk}/preview/").content.decode()

    assert "Paper 1" in page
    assert kept == []


def test_what_changes_while_it_is_rendered_is_not_kept(papers, monkeypatch):
    """Shown is the older row or the newer one; kept would be one under the digest of the other."""
    [paper] = papers[:1]
    render = module.render

    def meanwhile(*args):
        Publication.objects.filter(pk=paper.pk).update(award="Best Paper")
        return render(*args)

    monkeypatch.setattr(module, "render", meanwhile)
    Entries([paper.pk]).of([paper.pk], LOOK, False)
    monkeypatch.setattr(module, "render", render)
    Publication.objects.filter(pk=paper.pk).update(award="")

    again = Entries([paper.pk]).of([paper.pk], LOOK, False)
    assert "Best Paper" not in again[paper.pk]


def test_marks_are_explained_once_where_they_mean_one_thing(client, addresses, papers):
    assert fresh(client, "/publications/").count("equal contribution</small>") == 1
    Authorship.objects.filter(publication=papers[1], marks="*").update(
        equal_contribution=False, corresponding=True
    )
    # Now each says for itself what the mark means.
    page = fresh(client, "/publications/")
    assert page.count("equal contribution</small>") == 1
    assert page.count("corresponding author</small>") == 1
    assert page.index("Paper 2") < page.index("equal contribution</small>")


def test_any_number_of_papers_takes_the_same_queries(client, addresses):
    counts = []
    for some in range(2):
        fresh(client, "/papers/")
        with CaptureQueriesContext(connection) as found:
            fresh(client, "/papers/")
        counts.append(len(found))
        for number in range(5):
            make_publication(f"More {some} {number}", authors=["Ada Lovelace", "Bob Berg"])
    assert counts[0] == counts[1]


@needs_a_file
@pytest.mark.parametrize("harm", ["deleted", "damaged", "locked", "a folder"])
def test_whatever_happens_to_what_is_kept_the_page_is_right(client, addresses, harm):
    page = fresh(client, "/")
    path = Path(PIECES["LOCATION"])
    assert path.stat().st_size
    if harm == "damaged":
        path.write_bytes(path.read_bytes()[:5000] + b"\0\xff" * 3000)
    elif harm != "locked":
        path.unlink()
    if harm == "a folder":
        path.mkdir()
    if harm == "locked":
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
    try:
        assert fresh(client, "/") == page
        Venue.objects.update(name="Science")
        assert "Science" in fresh(client, "/")
    finally:
        if harm == "a folder":
            path.rmdir()
        if harm == "locked":
            other.close()


def test_the_source_of_a_doubted_paper_is_what_is_shown(client, addresses, papers):
    assert "As <strong>typed</strong>" in fresh(client, "/")
    Source.objects.filter(publication=papers[3]).update(text="As *retyped*")
    assert "As <em>retyped</em>" in fresh(client, "/")


def test_feeds_are_the_same_with_and_without_what_is_kept(client, addresses, papers):
    for address in ("/publications.atom", "/feed.atom"):
        caches["pieces"].clear()
        first = fresh(client, address)
        assert first.count("<entry>") == 3
        assert fresh(client, address) == first
    Publication.objects.filter(pk=papers[1].pk).update(abstract="We *look*.", doi="10.1000/1")
    changed = fresh(client, "/feed.atom")
    assert "We &lt;em&gt;look" in changed
    caches["pieces"].clear()
    assert fresh(client, "/feed.atom") == changed


@pytest.mark.parametrize(("model", "field"), KEYS, ids=name_of)
def test_whatever_column_changes_what_is_shown_is_as_if_nothing_were_kept(paper, model, field):
    """Each column of each row that a paper is made of, written without any model."""
    shown_of(paper)
    if field.name == "publication":
        rows_of(model, paper).delete()
    else:
        change(rows_of(model, paper), field)

    shown = shown_of(paper)
    caches["pieces"].clear()
    assert shown == shown_of(paper)


def shown_of(paper):
    """Return all that is kept of a paper, read with doubt or not."""
    request, shown = RequestFactory().get("/"), []
    for doubts in ("Are these the authors?", ""):
        Publication.objects.filter(pk=paper.pk).update(doubts=doubts)
        entries = Entries([paper.pk])
        for detailed in (False, True):
            shown.append(entries.of([paper.pk], LOOK._replace(detailed=detailed), False))
        shown.append(entries.pieces([paper.pk], Pieces("marks"), module._marks))
        shown.append(feeds.entries(Publication.objects.public(), request))
    if Publication.objects.public().filter(pk=paper.pk).exists():
        shown.append(kept_parts(paper, request))
    return shown
