"""Who the person is, for machines that read home pages, and the icon of the site."""

import io

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from PIL import Image

from homepage.static_copy.visitor import close
from tests.factories import make_profile, make_publication

pytestmark = pytest.mark.django_db

ORCID = "https://orcid.org/0000-0002-1825-0097"


def home(client):
    return BeautifulSoup(client.get("/").content, "html.parser")


def test_the_home_page_is_an_h_card_of_the_person(client, settings):
    settings.SITE_URL = "https://jane.example.org"
    make_profile(
        headline="Ph.D. student", affiliation="Peking University", email="jane@example.org"
    )

    card = home(client).select_one(".h-card")

    assert card.select_one(".p-name").text == "Mingqing Xiao"
    assert card.select_one(".u-url.u-uid")["value"] == "https://jane.example.org/"
    assert card.select_one(".p-job-title").text == "Ph.D. student"
    assert card.select_one(".p-org").text == "Peking University"
    assert card.select_one(".u-email")["href"] == "mailto:jane@example.org"


def test_on_other_pages_the_card_leads_home(client):
    make_profile()
    page = BeautifulSoup(client.get(make_publication().get_absolute_url()).content, "html.parser")

    assert page.select_one(".h-card .p-name a.u-url")["href"] == "/"


def test_links_to_the_person_say_so(client):
    make_profile(links=[("mastodon", "https://mastodon.social/@jane"), ("orcid", ORCID)])

    links = home(client).select(".contact a")

    assert [link["href"] for link in links] == ["https://mastodon.social/@jane", ORCID]
    assert all("me" in link["rel"] for link in links)


def test_an_orcid_id_stands_with_its_icon_and_its_name(client):
    make_profile(links=[("orcid", ORCID)])

    link = home(client).select_one(".contact a")

    assert link.svg["aria-hidden"] == "true"
    assert " ".join(link.text.split()) == ("ORCID record of Mingqing Xiao: 0000-0002-1825-0097")


def test_the_owners_own_label_of_an_orcid_link_stays(client):
    make_profile(links=[("orcid", ORCID, "My record")])

    assert home(client).select_one(".contact a").text == "My record"


def test_a_doi_is_shown_as_its_whole_address(client):
    paper = make_publication(doi="10.1000/x")

    page = BeautifulSoup(client.get(paper.get_absolute_url()).content, "html.parser")

    link = page.select_one(".facts a")
    assert link.text == link["href"] == "https://doi.org/10.1000/x"


def test_an_uploaded_icon_takes_the_place_of_the_initials(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    make_profile()
    assert home(client).select_one("link[rel=icon]")["href"] == "/favicon.svg"
    out = io.BytesIO()
    Image.new("RGB", (64, 64), "teal").save(out, "PNG")

    make_profile(icon=ContentFile(out.getvalue(), "icon.png"))

    address = home(client).select_one("link[rel=icon]")["href"]
    response = client.get(address)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "image/png")
    close(response)


@pytest.mark.parametrize(
    ("name", "classes"),
    [
        ("Ada Byron-Lovelace", ["name", "p-name"]),
        ("Christopher Doe", ["name", "p-name", "long"]),
        ("Andreas Triantafyllopoulos", ["name", "p-name", "longer"]),
    ],
)
def test_a_long_name_is_set_smaller_so_that_no_word_breaks(client, name, classes):
    make_profile(name=name)

    assert home(client).select_one(".p-name")["class"] == classes
