import io

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from profiles.models import NewsItem, Profile
from tests.factories import make_news, make_profile

pytestmark = pytest.mark.django_db

CHANGE = reverse("admin:profiles_profile_change", args=[1])
# What else the form sends.
REST = {
    "links-TOTAL_FORMS": "0",
    "links-INITIAL_FORMS": "0",
    "accent": "blue",
    "appearance": "system",
    "numbering": "ascending",
}


@pytest.fixture(autouse=True)
def media_root(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def upload(name, content):
    return SimpleUploadedFile(name, content, "application/octet-stream")


def photo():
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    Image.new("RGB", (40, 40), "blue").save(out, "JPEG", exif=exif)
    return out.getvalue()


def errors_of(response):
    page = BeautifulSoup(response.content, "html.parser")
    return [item.text for item in page.select(".errorlist li")]


def test_the_list_leads_to_the_one_profile(editor):
    url = reverse("admin:profiles_profile_changelist")

    assert editor.get(url).headers["Location"] == reverse("admin:profiles_profile_add")
    make_profile()
    assert editor.get(url).headers["Location"] == CHANGE


def test_a_second_profile_is_not_made_and_the_first_not_deleted(editor):
    make_profile()

    add = editor.post(reverse("admin:profiles_profile_add"), {"name": "Another", **REST})
    delete = editor.post(reverse("admin:profiles_profile_delete", args=[1]), {"post": "yes"})

    assert (add.status_code, delete.status_code) == (403, 403)
    assert Profile.objects.get().name == "Mingqing Xiao"


def test_the_first_profile_is_made_with_its_links(editor):
    response = editor.post(
        reverse("admin:profiles_profile_add"),
        {
            **REST,
            "name": "Jane Doe",
            "links-TOTAL_FORMS": "2",
            "links-0-kind": "github",
            "links-0-url": "jane",
            "links-0-position": "2",
            "links-1-kind": "orcid",
            "links-1-url": "0000-0002-1825-0097",
            "links-1-position": "1",
        },
    )

    assert response.status_code == 302, errors_of(response)
    assert [link.url for link in Profile.objects.get().links.all()] == [
        "https://orcid.org/0000-0002-1825-0097",
        "https://github.com/jane",
    ]


def test_an_orcid_with_a_wrong_digit_is_refused(editor):
    make_profile()

    response = editor.post(
        CHANGE,
        {
            **REST,
            "name": "Jane Doe",
            "links-TOTAL_FORMS": "1",
            "links-0-kind": "orcid",
            "links-0-url": "0000-0002-1825-0098",
        },
    )

    assert response.status_code == 200
    assert any("ORCID" in error for error in errors_of(response))


def test_the_photo_is_encoded_anew_under_a_name_of_its_content(editor, tmp_path):
    make_profile()

    editor.post(CHANGE, {"name": "Jane", "photo": upload("../My Photo.html", photo()), **REST})

    profile = Profile.objects.get()
    stored = tmp_path / profile.photo.name
    assert stored.parent == tmp_path / "photos"
    assert stored.suffix == ".jpg"
    assert len(stored.stem) == 32
    assert b"taken at home" not in stored.read_bytes()
    with Image.open(stored) as image:
        assert image.size == (40, 40)


def test_the_cv_is_a_pdf(editor, tmp_path):
    make_profile()
    pdf = b"%PDF-1.7\n%%EOF"

    wrong = editor.post(CHANGE, {"name": "Jane", "cv": upload("cv.pdf", b"<html>"), **REST})
    right = editor.post(CHANGE, {"name": "Jane", "cv": upload("cv.exe", pdf), **REST})

    assert errors_of(wrong) == ["The file is not a PDF."]
    assert right.status_code == 302
    stored = tmp_path / Profile.objects.get().cv.name
    assert (stored.parent.name, stored.suffix, stored.read_bytes()) == ("cv", ".pdf", pdf)


@pytest.mark.parametrize("content", [b"", b"<svg/>", photo()[:100]])
def test_what_is_no_photo_is_refused(editor, content):
    make_profile()

    response = editor.post(CHANGE, {"name": "Jane", "photo": upload("me.jpg", content), **REST})

    assert response.status_code == 200
    assert errors_of(response)
    assert not Profile.objects.get().photo


def test_saving_without_a_new_photo_keeps_the_old_one(editor):
    make_profile()
    editor.post(CHANGE, {"name": "Jane", "photo": upload("me.jpg", photo()), **REST})
    before = Profile.objects.get().photo.name

    editor.post(CHANGE, {"name": "Jane Doe", **REST})

    profile = Profile.objects.get()
    assert (profile.name, profile.photo.name) == ("Jane Doe", before)


def test_news_are_added_and_listed(editor):
    make_news("A paper is **accepted**.")

    editor.post(
        reverse("admin:profiles_newsitem_add"),
        {"date": "2024-10-01", "body": "Another one.", "visibility": "draft"},
    )
    page = editor.get(reverse("admin:profiles_newsitem_changelist")).content.decode()

    assert NewsItem.objects.count() == 2
    assert "Another one." in page
    assert "A paper is **accepted**." in page
