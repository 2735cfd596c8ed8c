import pytest

from tests.factories import make_publication, make_section

pytestmark = pytest.mark.django_db


def test_slug_comes_from_the_heading_and_never_changes():
    section = make_section(title="About *me*")

    section.title = "Something else"
    section.save()

    assert section.slug == "about-me"


def test_anchor_of_the_home_page_may_be_called_like_an_address():
    assert make_section(title="Publications").slug == "publications"


@pytest.mark.parametrize("title", ["Publications", "Admin", "Media"])
def test_page_of_its_own_never_hides_an_address_of_the_site(title):
    section = make_section(title=title)

    section.place = section.Place.PAGE
    section.save()

    assert section.slug == f"{title.lower()}-2"


def test_heading_without_latin_letters_falls_back_to_the_id():
    section = make_section(title="关于我")

    assert section.slug == f"section-{section.pk}"


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Learning to Walk", "learning-to-walk"),
        ("Über Größe", "uber-grosse"),
        ("Year", "year-2"),
        ("Learning in $O(n)$ *Time*", "learning-in-o-n-time"),
    ],
)
def test_slug_of_a_paper(title, slug):
    assert make_publication(title).slug == slug


def test_slug_of_a_title_without_latin_letters_is_kind_and_id():
    paper = make_publication("基于脉冲神经网络的图像分类", kind="article")

    assert paper.slug == f"article-{paper.pk}"


def test_slugs_of_the_same_title_are_numbered():
    assert [make_publication("A Title").slug for _ in range(3)] == [
        "a-title",
        "a-title-2",
        "a-title-3",
    ]


def test_long_title_is_cut_at_a_word():
    slug = make_publication("word " * 100).slug

    assert len(slug) <= 80
    assert not slug.endswith("-")
