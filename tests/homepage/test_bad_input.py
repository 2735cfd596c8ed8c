"""What people, and attackers, put into the forms of the admin.

Numbered as in the project's list of forty bad inputs, here and wherever else they are tried; each
gets one clear sentence or a clean value, never a server error, half a save or something harmful on
a page. Only 27, cells that a spreadsheet would run, has no place: nothing here reads or writes CSV.
"""

import html
import io
import unicodedata
import zlib
from datetime import timedelta
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import ExifTags, Image

from homepage.models import Section
from profiles.models import NewsItem, Profile, ProfileLink
from publications.models import Author, ImportRun, Publication
from tests.factories import make_author, make_profile, make_publication, make_section
from tests.forms import form_values

pytestmark = pytest.mark.django_db


def address(row):
    return reverse(f"admin:{row._meta.label_lower.replace('.', '_')}_change", args=[row.pk])


def errors(response):
    page = BeautifulSoup(response.content, "html.parser")
    return " ".join(error.text for error in page.select(".errorlist li, .errornote"))


def add_paper(editor, **values):
    """Send the form of a new paper; return the answer."""
    add = reverse("admin:publications_publication_add")
    return editor.post(add, form_values(editor.get(add)) | {"title": "A title"} | values)


def change(editor, row, **values):
    return editor.post(address(row), form_values(editor.get(address(row))) | values)


def assert_refused(response, words):
    assert response.status_code == 200
    assert words in errors(response)


class TestText:
    @pytest.mark.parametrize(
        ("bad", "words"),
        [("a\x00b", "Null"), ("a\x07b", "U+0007"), ("a\x1bb", "U+001B")],
        ids=["nul", "bell", "escape"],
    )
    def test_10_control_characters_are_refused(self, editor, bad, words):
        assert_refused(add_paper(editor, title=bad), words)
        assert not Publication.objects.exists()

    def test_10_half_a_character_is_replaced(self, editor):
        add = reverse("admin:publications_publication_add")
        values = urlencode(form_values(editor.get(add)) | {"title": "A title"}, doseq=True)

        raw = values.replace("A+title", "A%ED%A0%80+title")
        editor.post(add, raw, content_type="application/x-www-form-urlencoded")

        assert Publication.objects.get().title == "A\ufffd\ufffd\ufffd title"

    def test_10_a_change_of_direction_stays_within_its_title(self, editor):
        add_paper(editor, title="evil \u202egnp.exe")

        paper = Publication.objects.filter().first()
        if paper is not None:  # kept: then it is isolated where it is shown
            page = BeautifulSoup(editor.get("/publications/").content, "html.parser")
            assert page.select_one(".title a, .title [dir]")["dir"] == "auto"

    def test_10_what_is_invisible_at_the_ends_goes(self, editor):
        add_paper(editor, title="\u200b\ufeffA title\u200d ")

        assert Publication.objects.get().title == "A title"

    def test_10_feeds_and_sitemap_stay_well_formed(self, editor):
        make_profile()
        add_paper(editor, title="A \u2028 & <b> \U0001f600 title", abstract="x \u2029 ]]> y")

        for path in ("/publications.atom", "/feed.atom", "/sitemap.xml"):
            ElementTree.fromstring(Client().get(path).content)

    def test_11_text_is_kept_in_one_form(self, editor):
        add_paper(editor, title="\U0001f600 e\u0301 \uff11\uff12")

        assert Publication.objects.get().title == unicodedata.normalize(
            "NFC", "\U0001f600 e\u0301 \uff11\uff12"
        )

    def test_11_a_storm_of_marks_is_counted_by_character(self, editor):
        assert_refused(add_paper(editor, title="a" + "\u0301" * 2000), "at most 1000 characters")

    @pytest.mark.parametrize(
        "title", ["肖明庆的论文", "\U0001f600\U0001f680", "x" * 500, "!!!", "Publications"]
    )
    def test_12_every_title_has_an_address(self, editor, title):
        for _ in range(2):
            assert add_paper(editor, title=title).status_code == 302

        slugs = list(Publication.objects.values_list("slug", flat=True))
        assert len(set(slugs)) == 2
        for slug in slugs:
            assert 0 < len(slug) <= 84  # with the number of the second
            assert Client().get(f"/publications/{slug}/").status_code == 200


class TestAuthors:
    @pytest.mark.parametrize(
        ("line", "names", "and_others"),
        [
            ("Jane Doe and and John Smith", ["Jane Doe", "John Smith"], False),
            ("Jane Doe, John Smith, and others", ["Jane Doe", "John Smith"], True),
            ("Jane Doe, John Smith, et al.", ["Jane Doe", "John Smith"], True),
            ("Jane Doe,, John Smith;", ["Jane Doe", "John Smith"], False),
            ("Doe, J. and and Smith, A. and others", ["Doe, J.", "Smith, A."], True),
            ("{ACM Group, Inc.} and Jane Doe", ["ACM Group, Inc.", "Jane Doe"], False),
            ("Jane Doe, {ACM Group}, et al.", ["Jane Doe", "ACM Group"], True),
            ('Jane Mueller\\", John Smith', ['Jane Mueller"', "John Smith"], False),
        ],
    )
    def test_13_odd_lists_are_read(self, editor, line, names, and_others):
        add_paper(editor, authors_line=line)

        paper = Publication.objects.get()
        assert [str(row) for row in paper.authorships.all()] == names
        assert paper.and_others is and_others

    @pytest.mark.slow
    def test_13_three_thousand_authors_are_kept_and_folded(self, editor):
        names = [f"Given{n} Family{n}" for n in range(3000)]

        assert add_paper(editor, authors_line=", ".join(names)).status_code == 302

        paper = Publication.objects.get()
        assert paper.authorships.count() == 3000
        page = BeautifulSoup(Client().get("/publications/").content, "html.parser")
        assert page.select_one(".authors details")

    def test_13_more_than_that_are_refused(self, editor):
        names = ", ".join(f"A{n} B{n}" for n in range(3001))

        assert_refused(add_paper(editor, authors_line=names), "at most 3,000")
        assert not Author.objects.exists()

    def test_14_two_people_may_have_one_name(self, editor):
        first, second = make_author("Wei Wang"), make_author("Wei Wang", url="https://b.example/")

        paper = make_publication(authors=[first, second])
        change(editor, paper, title="Changed")

        assert [row.author for row in paper.authorships.all()] == [first, second]

    def test_14_the_same_name_twice_in_a_list_is_pointed_out(self, editor):
        add = reverse("admin:publications_publication_add")
        values = {"title": "A title", "authors_line": "Ada Lovelace, Ada Lovelace"}

        response = editor.post(add, form_values(editor.get(add)) | values, follow=True)

        assert "Ada Lovelace is on this paper more than once" in response.content.decode()


BAD_ADDRESSES = [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "ftp://example.org/",
    "//evil.example/", "http://user:pw@example.org/", "https://example.org/\nx: y",
    "https://", "vbscript:x",
]  # fmt: skip


class TestAddresses:
    @pytest.mark.parametrize("bad", BAD_ADDRESSES)
    def test_17_a_link_of_a_paper_is_a_web_address(self, editor, bad):
        response = add_paper(editor, **{"links-0-label": "pdf", "links-0-url": bad})

        for link in Publication.objects.values_list("links__url", flat=True):
            assert link is None or link.startswith(("http://example.org", "https://example.org/"))
        if response.status_code == 200:
            assert errors(response)

    @pytest.mark.parametrize("bad", BAD_ADDRESSES)
    def test_17_a_link_of_the_profile_is_a_web_address(self, editor, bad):
        profile = make_profile()

        change(
            editor, profile,
            **{"links-0-kind": "website", "links-0-url": bad, "links-0-label": "x"},
        )  # fmt: skip

        assert not ProfileLink.objects.exclude(url__startswith="https://example.org/").exists()

    @pytest.mark.parametrize(
        "private",
        ["http://127.0.0.1/x", "http://localhost:8000/", "https://nas.local/", "http://[::1]/"],
    )
    def test_17_an_address_that_visitors_cannot_reach_is_pointed_out(self, editor, private):
        add = reverse("admin:publications_publication_add")
        values = {"title": "A title", "links-0-label": "pdf", "links-0-url": private}

        response = editor.post(add, form_values(editor.get(add)) | values, follow=True)

        assert f"Visitors cannot follow {private}" in html.unescape(response.content.decode())
        assert Publication.objects.get().links.get().url == private

    def test_17_quotes_in_an_address_stay_in_their_attribute(self, editor):
        bad = 'https://example.org/"onmouseover="alert(1)'

        add_paper(editor, **{"links-0-label": "pdf", "links-0-url": bad})

        page = BeautifulSoup(Client().get("/publications/").content, "html.parser")
        assert not page.select("[onmouseover]")

    @pytest.mark.parametrize(
        "values",
        [
            {"year": "0"}, {"year": "99999"}, {"year": "24"}, {"year": "Spring 2024"},
            {"year": "2024", "month": "13"}, {"year": "2024", "month": "2", "day": "32"},
            {"year": "2024", "day": "3"}, {"year": "2024", "month": "2", "day": "30"},
            {"year": "2023", "month": "2", "day": "29"}, {"year": "2099"},
        ],
    )  # fmt: skip
    def test_18_a_date_that_cannot_be_is_refused(self, editor, values):
        response = add_paper(editor, **values)

        assert response.status_code == 200
        assert errors(response)
        assert not Publication.objects.exists()

    @pytest.mark.parametrize(
        "bad", ["0000-01-01", "2024-02-30", "99999-01-01", "24-1-1", "Spring 2024", "2099-01-01"]
    )
    def test_18_news_of_no_day_is_refused(self, editor, bad):
        add = reverse("admin:profiles_newsitem_add")

        response = editor.post(
            add, form_values(editor.get(add)) | {"date": bad, "body": "We moved."}
        )

        assert response.status_code == 200
        assert errors(response)
        assert not NewsItem.objects.exists()

    def test_18_an_unknown_month_stays_unknown_everywhere(self, editor):
        add_paper(editor, year="2024", authors_line="Ada Lovelace")

        paper = Publication.objects.get()
        page = Client().get(paper.get_absolute_url()).content.decode()
        assert '"citation_publication_date" content="2024"' in page
        assert "2024-01" not in page
        assert "month" not in Client().get("/publications.bib").content.decode()


def blank_png(width, height):
    """Return a PNG of one colour: a few kilobytes, however large it is."""
    out = io.BytesIO()
    Image.new("1", (8, 1)).save(out, "PNG")
    start = bytearray(out.getvalue()[:33])
    start[16:24] = width.to_bytes(4) + height.to_bytes(4)
    start[29:33] = zlib.crc32(start[12:29]).to_bytes(4)
    pixels = b"IDAT" + zlib.compress(bytes(1 + (width + 7) // 8) * height)
    end = b"\0\0\0\0IEND\xaeB`\x82"
    size, check = (len(pixels) - 4).to_bytes(4), zlib.crc32(pixels).to_bytes(4)
    return bytes(start) + size + pixels + check + end


def png(size=(40, 30)):
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, "PNG")
    return out.getvalue()


class TestUploads:
    @pytest.fixture(autouse=True)
    def media_root(self, settings, tmp_path):
        settings.MEDIA_ROOT = tmp_path / "media"
        return settings.MEDIA_ROOT

    def photo(self, editor, name, content, type_="image/png"):
        make_profile()
        upload = SimpleUploadedFile(name, content, type_)
        return change(editor, Profile.objects.get(), photo=upload)

    @pytest.mark.parametrize(
        ("name", "content", "type_"),
        [
            ("x.html", b"<script>alert(1)</script>", "image/gif"),
            ("x.php.jpg", b"<?php system('id');", "image/jpeg"),
            ("photo.jpg", b"<html><body onload=alert(1)>", "image/jpeg"),
            ("x.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "image/png"),
            (
                "x.svg",
                b"<?xml version='1.0'?><!DOCTYPE svg SYSTEM 'file:///etc/passwd'><svg/>",
                "image/svg+xml",
            ),
            ("x.svg", b"<svg><foreignObject><body/></foreignObject></svg>", "image/svg+xml"),
            ("x.png", png()[:60], "image/png"),
            ("x.png", blank_png(20_000, 20_000), "image/png"),
            ("x.png", blank_png(8_000, 8_000), "image/png"),
        ],
        ids=["page", "php", "page as photo", "svg", "entity", "foreign", "cut", "bomb", "large"],
    )
    def test_28_29_30_what_is_no_picture_is_refused(self, editor, media_root, name, content, type_):
        response = self.photo(editor, name, content, type_)

        assert response.status_code == 200
        assert errors(response)
        assert not media_root.exists() or not list(media_root.rglob("*.*"))

    def test_30_a_photo_is_turned_and_does_not_say_where_it_was_taken(self, editor):
        exif = Image.Exif()
        exif[ExifTags.Base.Orientation] = 6
        exif.get_ifd(ExifTags.IFD.GPSInfo)[1] = "N"
        out = io.BytesIO()
        Image.new("CMYK", (40, 30)).save(out, "JPEG", exif=exif)

        assert self.photo(editor, "a.jpg", out.getvalue()).status_code == 302

        with Image.open(Profile.objects.get().photo.path) as stored:
            assert (stored.size, stored.mode) == ((30, 40), "RGB")
            assert not stored.getexif()

    def test_30_of_an_animation_the_first_frame_is_kept(self, editor):
        frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue", "lime")]
        out = io.BytesIO()
        frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:], lossless=True)

        assert self.photo(editor, "a.webp", out.getvalue()).status_code == 302

        with Image.open(Profile.objects.get().photo.path) as stored:
            assert getattr(stored, "n_frames", 1) == 1

    def test_28_a_picture_that_is_a_page_as_well_loses_the_page(self, editor, media_root):
        self.photo(editor, "a.html", png() + b"<script>alert(1)</script>", "text/html")

        stored = [path for path in media_root.rglob("*") if path.is_file()]
        assert stored
        assert all(b"<script" not in path.read_bytes() for path in stored)
        assert all(path.suffix in {".png", ".jpg", ".webp", ".avif"} for path in stored)

    @pytest.mark.parametrize(
        "name",
        ["../../x.png", "a\x00.png", "x" * 300 + ".png", "....png", "CON.png", "ü/ä.png", ".png"],
    )
    def test_31_the_name_of_an_upload_does_not_matter(self, editor, media_root, name):
        response = self.photo(editor, name, png())

        if response.status_code == 302:
            assert Profile.objects.get().photo.name.startswith("photos/")
        for path in media_root.rglob("*"):
            assert path.resolve().is_relative_to(media_root.resolve())

    def test_31_an_empty_file_is_refused(self, editor):
        assert_refused(self.photo(editor, "a.png", b""), "empty")

    def test_31_a_photo_of_more_than_5_mb_is_refused(self, editor):
        assert_refused(self.photo(editor, "a.png", png() + bytes(5_000_000)), "larger than 5 MB")

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"not a pdf", "not a PDF"),
            (b"x" * 2000 + b"%PDF-1.7", "not a PDF"),
            (b"", "empty"),
            (b"%PDF-1.7" + bytes(20_000_001), "larger than 20 MB"),
        ],
        ids=["text", "late", "empty", "large"],
    )
    def test_32_what_is_no_pdf_is_refused(self, editor, content, words):
        assert_refused(
            add_paper(editor, pdf=SimpleUploadedFile("a.pdf", content, "application/pdf")), words
        )
        assert not Publication.objects.exists()

    def test_32_a_pdf_that_is_encrypted_is_pointed_out(self, editor):
        content = b"%PDF-1.7\ntrailer <</Encrypt 5 0 R>>"
        add = reverse("admin:publications_publication_add")
        upload = SimpleUploadedFile("locked.pdf", content, "application/pdf")
        values = form_values(editor.get(add)) | {"title": "A title", "pdf": upload}

        page = editor.post(add, values, follow=True).content.decode()

        assert "“locked.pdf” is encrypted: it may open only with a password." in page
        assert Publication.objects.get().pdf

    def test_32_a_pdf_is_served_as_nothing_else(self, editor):
        content = b"%PDF-1.7\n<script>alert(1)</script> /JavaScript"
        add_paper(editor, pdf=SimpleUploadedFile("a.html", content, "text/html"))

        paper = Publication.objects.get()
        response = Client().get(f"{paper.get_absolute_url()}paper.pdf")
        assert response.headers["Content-Type"] == "application/pdf"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert b"".join(response) == content


class TestLogin:
    def post(self, **values):
        return Client().post(reverse("admin:login"), values)

    def test_37_an_unknown_user_is_answered_like_a_wrong_password(self):
        get_user_model().objects.create_superuser("owner", password="right")

        answers = [
            errors(self.post(username=name, password="wrong")) for name in ("owner", "nobody")
        ]

        assert answers[0] == answers[1] != ""

    def test_37_too_many_tries_are_stopped(self):
        get_user_model().objects.create_superuser("owner", password="right")
        codes = [self.post(username="owner", password=str(n)).status_code for n in range(12)]

        assert codes[0] == 200
        assert codes[-1] == 429

    def test_37_a_megabyte_of_password_costs_nothing(self):
        response = self.post(username="owner", password="x" * 1_000_000)

        assert response.status_code == 200
        assert "at most 1000 characters" in errors(response)

    @pytest.mark.parametrize(
        "target",
        ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "/\\evil.example"],
    )
    def test_37_one_is_never_sent_elsewhere(self, target):
        get_user_model().objects.create_superuser("owner", password="right")

        response = self.post(username="owner", password="right", next=target)

        assert response.status_code == 302
        assert response.headers["Location"] == reverse("admin:index")


class TestSessions:
    """38: what is typed is kept by the browser; test_kept.py, among the browser tests, tries it."""

    def test_38_what_is_sent_twice_is_saved_once(self, editor):
        add = reverse("admin:publications_publication_add")
        values = form_values(editor.get(add)) | {"title": "A title"}

        for _ in range(2):
            assert editor.post(add, values).status_code == 302

        assert Publication.objects.count() == 1

    def test_38_what_is_sent_after_the_session_ended_saves_nothing(self, editor):
        section = make_section("Old")
        values = form_values(editor.get(address(section)))
        Session.objects.update(expire_date=timezone.now() - timedelta(days=1))

        response = editor.post(address(section), values | {"title": "New"})

        assert response.status_code == 302
        assert response.headers["Location"].endswith(f"?next={address(section)}")
        assert Section.objects.get().title == "Old"

    def test_38_a_form_without_its_token_is_answered_with_help(self, editor):
        section = make_section("Old")
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(get_user_model().objects.get())

        response = strict.post(address(section), {"title": "New"})

        assert response.status_code == 403
        assert "Nothing was saved" in response.content.decode()
        assert Section.objects.get().title == "Old"

    def test_38_going_back_and_saving_again_asks(self, editor):
        section = make_section("Old")
        values = form_values(editor.get(address(section)))
        editor.post(address(section), values | {"title": "New"})

        response = editor.post(address(section), values | {"title": "Older"})

        assert_refused(response, "saved from another window")
        both = BeautifulSoup(response.content, "html.parser").select(".conflict td")
        assert [cell.text for cell in both] == ["New", "Older"]
        assert Section.objects.get().title == "New"


class TestRights:
    """39: every address of the admin is walked as everybody in test_roles.py."""

    def test_39_what_changes_something_is_never_done_by_looking(self, editor):
        run = ImportRun.objects.create(source="x", changes=[])
        undo = reverse("admin:publications_publication_import_undo", args=[run.pk])

        assert editor.get(reverse("admin:logout")).status_code == 405
        assert editor.get(undo).status_code == 302
        assert editor.get(reverse("admin:index")).status_code == 200
        assert ImportRun.objects.filter(pk=run.pk).exists()
