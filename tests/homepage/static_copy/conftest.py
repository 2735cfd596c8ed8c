from datetime import date

import pytest

from tests.factories import (
    make_author,
    make_category,
    make_news,
    make_profile,
    make_publication,
    make_section,
)

PDF = b"%PDF-1.7\nbody"


@pytest.fixture(autouse=True)
def media_root(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    for name in ("papers/a.pdf", "papers/draft.pdf", "cv/cv.pdf", "uploads/unused.pdf"):
        path = settings.MEDIA_ROOT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(PDF)
    return settings.MEDIA_ROOT


@pytest.fixture
def site():
    """A small site of which something is hidden in every place."""
    owner = make_author("Mingqing Xiao", is_owner=True)
    make_profile(cv="cv/cv.pdf", links=[("github", "https://github.com/jane")])
    make_section("About me", body="I like [my papers](/publications/) and *spikes*.")
    make_section("Publications", shows="publications")
    make_section("News", shows="news")
    make_section("Service", place="page", body="Reviewer. See [the paper](../publications/first/).")
    make_section("Hidden page", place="page", visibility="draft")
    make_news("A paper is accepted.", date=date(2024, 9, 25))
    make_news("Hidden news", visibility="draft")
    journals = make_category("Journal Papers")
    make_publication(
        "First",
        authors=[owner, "Di He"],
        category=journals,
        venue="Neural Networks (NN)",
        topics=["Nets"],
        pdf="papers/a.pdf",
        abstract="We *learn* that $1 < 2$.",
        links=[("code", "https://example.com/code")],
        award="Oral",
    )
    make_publication("Second", authors=["Di He", owner], year=1999)
    make_publication("Doubted", doubts="?", source="As **typed**", authors=["Hidden Hand"])
    make_publication("Hidden draft", visibility="draft", pdf="papers/draft.pdf")
    make_publication("Hidden trash", visibility="trash")


@pytest.fixture
def target(tmp_path):
    return tmp_path / "public"
