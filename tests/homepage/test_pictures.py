"""Photos and pictures of papers on the pages, and where they come from."""

import io

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image, features

from homepage.common.files import content_name
from homepage.static_copy.visitor import close
from profiles.models import Profile
from publications.models import Publication
from tests.factories import make_profile, make_publication

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media_root(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def stored(folder, size=(800, 600)):
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, "JPEG")
    name = content_name(folder, out.getvalue(), ".jpg")
    return ContentFile(out.getvalue(), name.rpartition("/")[2])


def page(client, address="/"):
    return BeautifulSoup(client.get(address).content, "html.parser")


def addresses(picture):
    parts = [source["srcset"].split(", ") for source in picture.find_all("source")]
    return [part.split()[0] for group in parts for part in group] + [picture.img["src"]]


def test_a_photo_comes_square_in_three_formats_with_its_size(client):
    make_profile(photo=stored("photos"))

    picture = page(client).find("picture")

    types = [source["type"] for source in picture.find_all("source")]
    assert types == (["image/avif"] if features.check("avif") else []) + ["image/webp"]
    assert picture.img["src"].endswith(".s320.jpg")
    assert picture.img["width"] == picture.img["height"] == "800"
    assert picture.img["alt"] == "Mingqing Xiao"
    for address in addresses(picture):
        response = client.get(address)
        assert response.status_code == 200
        assert Image.open(io.BytesIO(b"".join(response))).width in (160, 320, 480)


def test_all_sizes_are_made_when_a_photo_is_saved(media_root):
    profile = make_profile(photo=stored("photos"))

    made = {path.name for path in (media_root / "photos").iterdir()}

    assert made == {name.rpartition("/")[2] for name in all_names(profile.photo)}


def all_names(file):
    return [file.name, *(rendition.name for rendition in file.renditions())]


def test_sizes_that_are_not_there_are_made_when_they_are_asked_for(client, media_root):
    make_profile(photo=stored("photos"))
    address = page(client).find("picture").img["src"]
    for path in (media_root / "photos").glob("*.s*"):
        path.unlink()

    response = client.get(address)
    close(response)

    assert response.status_code == 200
    assert len(list((media_root / "photos").glob("*.s*"))) == 1


@pytest.mark.parametrize("end", [".s321.jpg", ".w320.jpg", ".s320.png", ".s99999.jpg"])
def test_no_other_size_is_made(client, media_root, end):
    profile = make_profile(photo=stored("photos"))
    before = sorted(media_root.rglob("*"))

    assert client.get(profile.photo.url + end).status_code == 404
    assert sorted(media_root.rglob("*")) == before


def test_a_picture_of_a_draft_is_hidden_in_every_size(client):
    publication = make_publication(image=stored("images"), visibility="draft")

    for name in all_names(publication.image):
        assert client.get(reverse("media", args=[name])).status_code == 404


def test_a_picture_of_a_paper_keeps_its_room(client):
    publication = make_publication(image=stored("images", (1200, 500)))

    image = page(client, publication.get_absolute_url()).find("picture").img

    assert (image["width"], image["height"]) == ("1200", "500")
    assert image["loading"] == "lazy"


def test_a_missing_photo_breaks_no_page(client, media_root):
    make_profile(photo=stored("photos"))
    Profile.objects.update(photo_width=None, photo_height=None)
    for path in (media_root / "photos").iterdir():
        path.unlink()

    response = client.get("/")

    assert response.status_code == 200
    assert b"<picture" not in response.content


def test_the_size_is_kept_in_the_row_so_that_no_page_opens_the_file(
    client, media_root, django_assert_num_queries
):
    publication = make_publication(image=stored("images", (300, 200)))
    for path in (media_root / "images").iterdir():
        path.unlink()

    again = Publication.objects.get(pk=publication.pk)

    assert (again.image_width, again.image_height) == (300, 200)
    assert again.image.picture().width == 300
