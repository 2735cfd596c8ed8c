import os
import re
import signal
import socket
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sites.models import Site
from django.core.management import CommandError, call_command

from homepage.management.commands import import_site, quickstart
from homepage.models import Section
from profiles.models import Profile
from publications.models import Category, Publication
from publications.reconcile import StalePlan
from tests.servers import closed_port

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = re.compile(
    r"Your account: owner, password ((?:[a-z2-9]{4}-){3}[a-z2-9]{4}) \(write it down\)\."
)
OTHER_PAGE = """\
---
title: Ada Lovelace
---

Publications
------
### Papers

1. **Sketch of the Analytical Engine** [[link]](https://example.org/sketch)
**Ada Lovelace**, Luigi Menabrea
*Scientific Memoirs, 1843*

2. **Notes by the Translator** [[link]](https://example.org/notes)
**Ada Lovelace**
*Scientific Memoirs, 1843*
"""


@pytest.fixture(autouse=True)
def _own_static_root(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"


@pytest.fixture
def other_page(tmp_path):
    page = tmp_path / "ada.md"
    page.write_text(OTHER_PAGE, encoding="utf-8")
    return page


def start(*arguments, **options):
    """Run quickstart without serving; return what it prints."""
    out = StringIO()
    call_command("quickstart", *arguments, **{"no_serve": True, "stdout": out, **options})
    return out.getvalue()


def everything():
    """Return all rows of the site as text."""
    out = StringIO()
    call_command("dumpdata", stdout=out)
    return out.getvalue()


# Content


@pytest.mark.django_db
def test_empty_site_gets_the_sample_page():
    out = start()

    assert "Imported the bundled sample page." in out
    assert Profile.objects.get().name == "Mingqing Xiao"
    assert [str(section) for section in Section.objects.all()] == ["About me", "Publications"]
    papers = {category.title: category.publications.count() for category in Category.objects.all()}
    assert papers == {"Journal papers": 3, "Conference papers": 5, "Preprints": 1}
    assert not Publication.objects.exclude(doubts="").exists()


@pytest.mark.django_db
def test_static_files_are_collected(settings):
    start()

    assert (Path(settings.STATIC_ROOT) / "homepage" / "site.css").is_file()


@pytest.mark.django_db
def test_second_run_changes_no_row():
    start()
    before = everything()

    out = start()

    assert everything() == before
    assert "nothing was imported" in out
    assert "password" not in out


@pytest.mark.django_db
def test_what_the_owner_edited_stays():
    start()
    Profile.objects.update(name="Xiao Mingqing", headline="Researcher")
    Section.objects.filter(slug="about-me").update(body="Another text.")
    Publication.objects.filter(title="Invertible Image Rescaling").update(title="Rescaling")
    owner = get_user_model().objects.get()
    owner.username = "mingqing"
    owner.set_password("a password of my own")
    owner.save()
    before = everything()

    start()

    assert everything() == before


@pytest.mark.django_db
def test_sample_does_not_come_back_to_a_site_that_was_emptied():
    start()
    for model in (Section, Publication, Profile):
        model.objects.all().delete()

    start()

    assert not any(model.objects.exists() for model in (Section, Publication, Profile))


@pytest.mark.django_db
def test_own_page_takes_the_place_of_the_sample(other_page):
    out = start(other_page)

    assert "Imported ada.md: 2 publications (2 new)" in out
    assert Profile.objects.get().name == "Ada Lovelace"
    assert set(Publication.objects.values_list("title", flat=True)) == {
        "Sketch of the Analytical Engine",
        "Notes by the Translator",
    }


@pytest.mark.django_db
def test_own_page_again_changes_no_row(other_page):
    start(other_page)
    before = everything()

    start(other_page)

    assert everything() == before


@pytest.mark.django_db
def test_another_persons_page_is_not_mixed_into_the_sample(other_page, settings):
    start()
    before = everything()

    with pytest.raises(CommandError, match="shows the sample page") as caught:
        start(other_page)

    assert str(settings.DATA_DIR) in str(caught.value)
    assert everything() == before


@pytest.mark.django_db
def test_another_page_of_the_same_person_joins_the_sample(tmp_path):
    start()
    page = tmp_path / "page.md"
    page.write_text(
        quickstart.SAMPLE.read_text(encoding="utf-8").replace("Journal papers", "Journals"),
        encoding="utf-8",
    )

    start(page)

    assert Category.objects.filter(title="Journals").exists()
    assert Publication.objects.count() == 9


@pytest.mark.django_db
def test_new_address_of_the_site_is_taken_over(settings):
    start()
    settings.SITE_URL = "https://jane.example.org"

    start()

    assert Site.objects.get().domain == "jane.example.org"


# Account


@pytest.mark.django_db
def test_printed_password_opens_the_admin_account():
    password = PASSWORD.search(start()).group(1)

    owner = get_user_model().objects.get()
    assert owner.username == "owner"
    assert owner.is_staff
    assert owner.is_superuser
    assert owner.check_password(password)
    assert password not in everything()


@pytest.mark.django_db
def test_each_site_gets_a_password_of_its_own():
    first = PASSWORD.search(start()).group(1)
    get_user_model().objects.all().delete()

    assert PASSWORD.search(start()).group(1) != first


@pytest.mark.django_db
def test_no_account_is_added_to_another():
    get_user_model().objects.create_user("jane")

    out = start()

    assert "password" not in out
    assert [user.username for user in get_user_model().objects.all()] == ["jane"]


@pytest.mark.django_db
def test_password_that_could_not_be_shown_is_no_ones():
    class Closed(StringIO):
        def write(self, text):
            if "password" in text:
                raise BrokenPipeError(32, "Broken pipe")
            return super().write(text)

    with pytest.raises(CommandError, match="The output cannot be written: Broken pipe"):
        start(stdout=Closed())

    assert not get_user_model().objects.exists()


@pytest.mark.django_db
def test_verbosity_0_prints_the_password_and_nothing_else():
    assert PASSWORD.fullmatch(start(verbosity=0).strip())
    assert start(verbosity=0) == ""


@pytest.mark.django_db
def test_verbosity_0_reports_no_import(other_page):
    assert PASSWORD.fullmatch(start(other_page, verbosity=0).strip())


# Bad input


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "sentence"),
    [(None, "There is no file"), (b" \n", "is empty"), (b"\x89PNG\r\n\x1a\n\x00\x00", "page.md")],
)
def test_page_that_cannot_be_read_gets_a_sentence_and_changes_nothing(content, sentence, tmp_path):
    page = tmp_path / "page.md"
    if content is not None:
        page.write_bytes(content)
    before = everything()

    with pytest.raises(CommandError, match=sentence):
        start(page)

    assert everything() == before


@pytest.mark.django_db
def test_failed_import_makes_no_account(other_page, monkeypatch):
    def fail(plan, text):
        raise StalePlan("The publications changed meanwhile.")

    monkeypatch.setattr(import_site, "apply_import", fail)

    with pytest.raises(CommandError, match="changed meanwhile"):
        start(other_page)

    assert not get_user_model().objects.exists()


@pytest.fixture
def taken_port():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


@pytest.mark.django_db
def test_taken_port_gets_a_sentence_and_changes_nothing(taken_port):
    with pytest.raises(CommandError, match=f"Port {taken_port} is taken") as caught:
        start(no_serve=False, port=taken_port)

    assert "--port 8001" in str(caught.value)
    assert not get_user_model().objects.exists()
    assert not Section.objects.exists()


@pytest.mark.django_db
def test_taken_port_is_no_matter_when_nothing_is_served(taken_port):
    assert "Everything is set up." in start(port=taken_port)


@pytest.mark.django_db
@pytest.mark.parametrize("port", [-1, 0, 65536])
def test_port_that_cannot_be_gets_a_sentence(port):
    with pytest.raises(CommandError, match=f"There is no port {port}: choose one between"):
        start(no_serve=False, port=port)


@pytest.mark.django_db
def test_https_site_is_not_served_without_https(settings):
    settings.SITE_URL = "https://jane.example.org"
    settings.SECURE_SSL_REDIRECT = True

    with pytest.raises(CommandError, match="answers https only"):
        start(no_serve=False)

    assert not get_user_model().objects.exists()
    assert "Everything is set up." in start()


@pytest.mark.django_db
def test_interruption_while_setting_up_is_no_traceback(monkeypatch):
    def interrupt(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(quickstart, "call_command", interrupt)

    with pytest.raises(CommandError, match=r"^Stopped\.$") as caught:
        start()

    assert caught.value.returncode == 130


# The command as a newcomer runs it: a process of its own, an empty data folder


def environment(folder):
    """Return an environment in which only DATA_DIR is set, whatever a `.env` file says."""
    return {
        **os.environ,
        "ALLOWED_HOSTS": "",
        "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
        "DATA_DIR": str(folder),
        "DEBUG": "false",
        "DJANGO_SETTINGS_MODULE": "homepage.settings",
        "PROXY_COUNT": "0",
        "SECRET_KEY": "",
        "SITE_LANGUAGE": "en",
        "SITE_URL": "",
    }


def spawn(folder, *arguments):
    """Start quickstart in a process; its errors stand among what it prints."""
    return subprocess.Popen(
        [sys.executable, str(ROOT / "manage.py"), "quickstart", *arguments],
        cwd=ROOT,
        env=environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        # Some shells start background processes deaf to Control-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


def get(address):
    """Return status, headers and text of an answer, whatever the status."""
    try:
        answer = urlopen(address, timeout=120)
    except HTTPError as error:
        answer = error
    with answer:
        return answer.status, answer.headers, answer.read().decode()


def wait_for(server, address):
    for _ in range(600):
        assert server.poll() is None, server.stdout.read()
        try:
            return get(address)
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the site did not come up within two minutes")


@pytest.mark.slow
def test_newcomer_sees_the_site_and_stops_it(tmp_path):
    port = closed_port()
    site = f"http://127.0.0.1:{port}"
    server = spawn(tmp_path / "data", "--port", str(port))
    try:
        status, headers, home = wait_for(server, f"{site}/")
        css = re.search(r'href="(/static/homepage/site\.[0-9a-f]+\.css)"', home).group(1)
        styles = get(site + css)
        login = get(f"{site}/admin/")
        missing = get(f"{site}/nothing-here/")
    finally:
        server.send_signal(signal.SIGINT)
        printed, _ = server.communicate(timeout=120)

    assert status == 200
    assert "Mingqing Xiao" in home
    assert "Invertible Image Rescaling" in home
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Set-Cookie"] is None
    assert styles[0] == 200
    assert styles[1]["Content-Type"].startswith("text/css")
    assert styles[1]["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in styles[1]["Cache-Control"]
    assert login[0] == 200
    assert 'name="username"' in login[2]
    assert missing[0] == 404

    assert server.returncode == 0, printed
    assert printed.splitlines() == [
        "Imported the bundled sample page.",
        PASSWORD.search(printed).group(),
        f"Your site is at {site}/ and you edit it at /admin/.",
        "Stop it with Control-C.",
        "",
        "The site is stopped. Start it again with: manage.py quickstart",
    ]
    password = PASSWORD.search(printed).group(1).encode()
    files = [path for path in (tmp_path / "data").rglob("*") if path.is_file()]
    assert not [path for path in files if password in path.read_bytes()]


def test_page_that_is_not_there_leaves_no_database(tmp_path):
    process = spawn(tmp_path / "data", "not-there.md", "--no-serve")
    printed, _ = process.communicate(timeout=120)

    assert printed == "CommandError: There is no file not-there.md: check the path.\n"
    assert process.returncode == 1
    assert not (tmp_path / "data" / "db.sqlite3").exists()


def test_damaged_database_gets_a_sentence(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "db.sqlite3").write_bytes(b"no database " * 1000)
    process = spawn(tmp_path / "data", "--no-serve")
    printed, _ = process.communicate(timeout=120)

    assert printed == "CommandError: The database cannot be used: file is not a database.\n"
    assert process.returncode == 1
