"""Uploads that lie elsewhere than in a folder: everything goes on, under the same addresses."""

import io
import json
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from django.conf import settings as site_settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from homepage.checks import check_upload_storage
from homepage.common.storages import StorageFailed
from homepage.missing import missing_uploads
from homepage.static_copy.visitor import close
from profiles.models import Profile
from tests.factories import make_profile, make_publication
from tests.homepage.test_backup import manage
from tests.old_sites import copy_site
from tests.storages import Bucket

NAME = f"papers/{'0' * 32}.pdf"
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 4


def elsewhere(backend, **options):
    return {
        **site_settings.STORAGES,
        "default": {
            "BACKEND": "homepage.common.storages.ElsewhereStorage",
            "OPTIONS": {"backend": backend, "options": options},
        },
    }


@pytest.fixture(params=["memory", "bucket"])
def storage(request, settings, tmp_path):
    """A storage that knows no paths takes the uploads."""
    settings.MEDIA_ROOT = tmp_path / "media"
    if request.param == "memory":
        settings.STORAGES = elsewhere("django.core.files.storage.InMemoryStorage")
    else:
        settings.STORAGES = elsewhere("tests.storages.Bucket", folder=str(tmp_path / "bucket"))
    yield default_storage
    assert not settings.MEDIA_ROOT.exists()


def photo():
    out = io.BytesIO()
    Image.linear_gradient("L").resize((800, 600)).save(out, "JPEG")
    return SimpleUploadedFile("me.jpg", out.getvalue(), "image/jpeg")


def answered(response):
    """Return the body, the file closed as a server does."""
    content = b"".join(response)
    close(response)
    return content


@pytest.mark.django_db
def test_a_photo_goes_from_the_form_to_the_page_in_all_sizes(storage, admin_client):
    form = admin_client.get(reverse("admin:profiles_profile_add"))
    fields = form.context["adminform"].form
    data = {name: fields[name].value() or "" for name in fields.fields}
    data |= {"links-TOTAL_FORMS": 0, "links-INITIAL_FORMS": 0, "name": "Ada", "photo": photo()}

    saved = admin_client.post(reverse("admin:profiles_profile_add"), data)

    assert saved.status_code == 302, saved.context["errors"]
    picture = BeautifulSoup(Client().get("/").content, "html.parser").find("picture")
    addresses = [picture.img["src"], Profile.objects.get().photo.url]
    for source in picture.find_all("source"):
        addresses += [part.split()[0] for part in source["srcset"].split(", ")]
    for address in addresses:
        assert address.startswith("/media/photos/")
        response = Client().get(address)
        assert response.status_code == 200
        assert Image.open(io.BytesIO(answered(response))).width in (160, 320, 480, 800)


@pytest.mark.django_db
def test_a_file_is_sent_whole_in_parts_and_not_again(storage):
    make_publication(title="Learning to fold", pdf=storage.save(NAME, ContentFile(PDF)))
    client = Client()

    whole = client.get(f"/media/{NAME}")
    part = client.get(f"/media/{NAME}", headers={"range": "bytes=9-19"})
    again = client.get(f"/media/{NAME}", headers={"if-none-match": whole.headers["ETag"]})
    since = {"if-modified-since": whole.headers["Last-Modified"]}

    assert answered(whole) == PDF
    assert (part.status_code, answered(part)) == (206, bytes(range(11)))
    assert again.status_code == client.get(f"/media/{NAME}", headers=since).status_code == 304
    assert answered(client.get("/publications/learning-to-fold/paper.pdf")) == PDF
    assert client.get("/media/papers/other.pdf").status_code == 404
    assert client.get("/media/papers").status_code == 404


@pytest.mark.django_db
def test_a_draft_stays_hidden_and_a_missing_file_is_named(storage):
    make_publication(visibility="draft", pdf=storage.save(NAME, ContentFile(PDF)))
    make_publication(pdf="papers/gone.pdf")

    assert Client().get(f"/media/{NAME}").status_code == 404
    assert list(missing_uploads()) == ["papers/gone.pdf"]


@pytest.mark.django_db
def test_the_same_content_is_stored_once(storage):
    assert storage.save(NAME, ContentFile(PDF)) == storage.save(NAME, ContentFile(PDF)) == NAME
    assert storage.listdir("papers/")[1] == [NAME.rpartition("/")[2]]
    assert storage.url(NAME) == f"/media/{NAME}"


@pytest.mark.django_db
def test_a_storage_that_does_not_answer_is_said_and_breaks_no_page(
    settings, tmp_path, monkeypatch, admin_user
):
    settings.STORAGES = elsewhere("tests.storages.Bucket", folder=str(tmp_path))
    make_profile(photo=default_storage.save(NAME, ContentFile(PDF)))

    def fail(self, *args):
        raise RuntimeError("no route to the bucket")

    for method in ("exists", "_open", "_save", "size"):
        monkeypatch.setattr(Bucket, method, fail)
    client = Client(raise_request_exception=False)
    client.force_login(admin_user)
    file = client.get(f"/media/{NAME}")
    upload = client.post(reverse("markdown-upload"), {"image": photo()})

    assert client.get("/").status_code == 200
    for response in (file, upload):
        assert response.status_code == 503
        assert "cannot reach its uploads" in response.text
    assert "was not saved" in upload.text
    with pytest.raises(StorageFailed, match="no route to the bucket"):
        default_storage.size(NAME)


def test_a_storage_that_cannot_be_had_is_named_by_a_check(settings):
    assert check_upload_storage(None) == []
    settings.UPLOAD_STORAGE = "storages_of_nobody.S4"
    settings.STORAGES = elsewhere(settings.UPLOAD_STORAGE)

    [error] = check_upload_storage(None)

    assert error.id == "homepage.E002"
    assert "storages_of_nobody.S4 cannot be used" in error.msg


@pytest.mark.slow
def test_a_whole_site_is_imported_backed_up_restored_and_exported(tmp_path):
    """By the commands, with what the README says in the environment."""
    source = copy_site("academicpages", tmp_path)

    def run(data_dir, *args):
        bucket = tmp_path / f"bucket-{data_dir.name}"
        values = {
            "UPLOAD_STORAGE": "tests.storages.Bucket",
            "UPLOAD_OPTIONS": json.dumps({"folder": str(bucket)}),
            "DJANGO_SETTINGS_MODULE": "tests.served_settings",
        }
        manage(data_dir, *args, **values)
        return {unquote(path.name): path.read_bytes() for path in bucket.iterdir()}

    def exported(folder):
        found = (path for path in folder.rglob("*") if path.is_file())
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}

    old, new = tmp_path / "old", tmp_path / "new"
    run(old, "migrate")
    stored = run(old, "import_site", source)
    assert {name.partition("/")[0] for name in stored} >= {"papers", "photos"}
    run(old, "backup", tmp_path / "site.zip")
    assert run(new, "restore", tmp_path / "site.zip") == stored
    for data_dir in (old, new):
        base = ["--base-url", "https://jane.example.org"]
        run(data_dir, "export_site", tmp_path / f"copy-{data_dir.name}", *base)
        run(data_dir, "export_markdown", tmp_path / f"left-{data_dir.name}")
        assert not (data_dir / "media").exists()

    copy = exported(tmp_path / "copy-old")
    media = {f"media/{name}" for name in stored}
    assert copy.keys() & media
    assert exported(tmp_path / "copy-new").keys() == copy.keys()
    assert {
        name: text for name, text in exported(tmp_path / "copy-new").items() if name in media
    } == {name: text for name, text in copy.items() if name in media}
    assert exported(tmp_path / "left-old") == exported(tmp_path / "left-new")
    assert any(name.endswith(".pdf") for name in exported(tmp_path / "left-old"))
