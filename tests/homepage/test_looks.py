"""What the owner chooses, as visitors see it; and the colours, all of them measured."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders

from profiles.looks import Accent
from profiles.models import Profile
from tests.factories import make_profile, make_publication, make_section

STYLES = re.sub(
    r"/\*.*?\*/",
    "",
    Path(finders.find("homepage/site.css")).read_text(encoding="utf-8"),
    flags=re.S,
)
LIGHT, DARK = 0, 1


def home(client):
    return BeautifulSoup(client.get("/").content, "html.parser")


# Colours


def colours():
    """Return {name: (light, dark)}; an accent is named as the owner chooses it."""
    found = {}
    for selector, block in re.findall(r"([^{}]+)\{([^{}]*)\}", STYLES):
        for name, pair in re.findall(r"--([a-z]+): light-dark\(([^)]*)\)", block):
            accent = re.search(r"\[data-accent=([a-z]+)\]", selector)
            found[accent[1] if accent else name] = tuple(pair.split(", "))
    found["blue"] = found.pop("accent")
    return found


def luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def contrast(one, other):
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_and_every_accent_have_a_contrast_of_seven(scheme):
    """WCAG's AAA, for all that is read."""
    shades = {name: pair[scheme] for name, pair in colours().items()}

    low = {
        name: contrast(shades[name], shades["ground"])
        for name in ["text", "award", *Accent.values]
        if contrast(shades[name], shades["ground"]) < 7
    }

    assert low == {}


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["ground", "soft"])
def test_every_colour_of_letters_has_a_contrast_of_four_and_a_half(scheme, ground):
    shades = {name: pair[scheme] for name, pair in colours().items()}
    grounds = {"ground", "soft", "line"}

    low = {
        name: contrast(shade, shades[ground])
        for name, shade in shades.items()
        if name not in grounds and contrast(shade, shades[ground]) < 4.5
    }

    assert low == {}


def test_there_are_as_many_accents_as_the_readme_says():
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")

    assert "one of six accent colours" in " ".join(readme.split())
    assert len(Accent) == 6
    assert set(Accent.values) <= set(colours())


# Choices


@pytest.mark.django_db
def test_a_site_looks_as_it_was_tested_until_the_owner_chooses(client):
    make_profile()

    soup = home(client)

    assert soup.html.attrs == {"lang": "en"}
    assert soup.select_one('meta[name="color-scheme"]')["content"] == "light dark"


@pytest.mark.django_db
def test_the_owner_chooses_an_accent_and_light_or_dark(client):
    make_profile(accent="plum", appearance="dark")

    soup = home(client)

    assert soup.html["data-accent"] == "plum"
    assert soup.html["data-appearance"] == "dark"
    assert soup.select_one('meta[name="color-scheme"]')["content"] == "dark"


def numbers(client):
    """Return the number at which each list begins, and whether it counts down."""
    return [
        (int(papers.get("start", 1)), papers.has_attr("reversed"))
        for papers in home(client).select("ol.papers:not(.bare)")
    ]


@pytest.fixture
def papers(db):
    make_section("Publications", shows="publications", group_by="year")
    for year in (2024, 2024, 2023):
        make_publication(year=year)


@pytest.mark.parametrize(
    ("numbering", "expected"),
    [
        ("ascending", [(1, False), (1, False)]),
        ("descending", [(3, True), (1, True)]),
        ("none", []),
    ],
)
def test_the_owner_chooses_how_papers_are_numbered(client, papers, numbering, expected):
    make_profile(numbering=numbering)

    assert numbers(client) == expected


@pytest.mark.django_db
def test_numbers_that_count_down_begin_at_the_count_of_their_heading(client):
    make_profile(numbering="descending")
    make_section("Publications", shows="publications")
    for _ in range(101):
        make_publication(category="Talks", authors=())

    assert numbers(client) == [(101, True)]


@pytest.mark.django_db
def test_the_foot_says_when_the_site_changed_and_what_the_owner_wants(client):
    make_profile(footer="Text is [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/).")
    make_section()
    changed = Profile.objects.get().modified

    foot = home(client).footer

    assert foot.a["href"] == "https://creativecommons.org/licenses/by/4.0/"
    assert f"{changed.day}, {changed.year}" in foot.text


@pytest.mark.django_db
def test_a_page_that_has_nothing_to_say_at_its_foot_has_none(client):
    assert home(client).footer is None


# Where to go


def destinations(client):
    return [(a.text, a["href"]) for a in home(client).select("nav a")]


@pytest.mark.django_db
def test_the_navigation_is_made_of_the_sections(client):
    make_section("Service", place="page", position=1)
    make_section("About", position=2)
    make_section("", position=3)
    make_section("Papers", shows="selected", position=4)
    make_section("Draft", visibility="draft", position=5)
    make_publication()

    assert destinations(client) == [
        ("About", "/#about"),
        ("Papers", "/#papers"),
        ("Service", "/service/"),
        ("All publications", "/publications/"),
    ]


@pytest.mark.django_db
def test_a_home_page_of_one_section_has_no_parts_to_jump_to(client):
    make_section("About")
    assert destinations(client) == []

    make_publication()
    assert destinations(client) == [("Publications", "/publications/")]
