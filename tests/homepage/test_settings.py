"""Settings as a server sees them: each case is a process of its own with its environment."""

import json
import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.checks import Error
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
OURS = (
    "ALLOWED_HOSTS CACHE_URL DATABASE_URL DATA_DIR DEBUG DJANGO_SETTINGS_MODULE PROXY_COUNT "
    "SECRET_KEY SITE_LANGUAGE SITE_URL UPLOAD_OPTIONS UPLOAD_STORAGE"
).split()
SHOW = """
import json, sys
from homepage import environment
environment.load = lambda path: None
from homepage import settings
print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}, default=str))
"""
ASK = """
import json, sys
from homepage import environment
environment.load = lambda path: None
import django
django.setup()
from django.conf import settings
settings.STORAGES["staticfiles"]["BACKEND"] = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
)
from django.core.management import call_command
call_command("migrate", verbosity=0, run_syncdb=True)
from django.test import Client
response = Client(raise_request_exception=False).get(
    sys.argv[1], headers=json.loads(sys.argv[2])
)
print(json.dumps([response.status_code, response.headers.get("Location", ""),
                  response.content.decode() if not response.streaming else ""]))
"""


def run(data_dir, *args, check=True, **environment):
    """Run Python with nothing of this process's environment that the settings read."""
    env = {name: value for name, value in os.environ.items() if name not in OURS}
    env |= {"DATA_DIR": str(data_dir), "DJANGO_SETTINGS_MODULE": "homepage.settings"}
    return subprocess.run(
        [sys.executable, *args],
        cwd=ROOT,
        env=env | environment,
        capture_output=True,
        text=True,
        check=check,
        timeout=120,
    )


def show(data_dir, *names, **environment):
    return json.loads(run(data_dir, "-c", SHOW, *names, **environment).stdout)


def ask(data_dir, path, headers=None, **environment):
    """Return status, Location and body of the answer to a request."""
    answer = run(data_dir, "-c", ASK, path, json.dumps(headers or {}), **environment)
    return json.loads(answer.stdout)


def test_nothing_set_is_safe(tmp_path):
    names = "DEBUG ALLOWED_HOSTS PROXY_COUNT SECURE_SSL_REDIRECT SESSION_COOKIE_SECURE".split()

    assert show(tmp_path / "data", *names) == {
        "DEBUG": False,
        "ALLOWED_HOSTS": ["localhost", "127.0.0.1", "[::1]"],
        "PROXY_COUNT": 0,
        "SECURE_SSL_REDIRECT": False,
        "SESSION_COOKIE_SECURE": False,
    }


def test_https_in_site_url_turns_everything_on(tmp_path):
    names = (
        "SECURE_SSL_REDIRECT SECURE_HSTS_SECONDS SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE "
        "SESSION_COOKIE_NAME CSRF_COOKIE_NAME CSRF_TRUSTED_ORIGINS ALLOWED_HOSTS"
    ).split()

    assert show(tmp_path, *names, SITE_URL="https://jane.example.org/") == {
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31536000,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SESSION_COOKIE_NAME": "__Host-sessionid",
        "CSRF_COOKIE_NAME": "__Host-csrftoken",
        "CSRF_TRUSTED_ORIGINS": ["https://jane.example.org"],
        "ALLOWED_HOSTS": ["jane.example.org", "localhost", "127.0.0.1", "[::1]"],
    }


def test_variables_are_taken(tmp_path):
    values = show(
        tmp_path,
        *"ALLOWED_HOSTS SECRET_KEY DEBUG PROXY_COUNT LANGUAGE_CODE DATABASES".split(),
        SECURE_PROXY="x",
        ALLOWED_HOSTS="a.example,b.example",
        SECRET_KEY="k" * 60,
        DEBUG="true",
        PROXY_COUNT="2",
        SITE_LANGUAGE="de",
        DATABASE_URL="postgres://jane:secret@db.example:5433/home",
    )

    database = values.pop("DATABASES")["default"]
    assert values == {
        "ALLOWED_HOSTS": ["a.example", "b.example"],
        "SECRET_KEY": "k" * 60,
        "DEBUG": True,
        "PROXY_COUNT": 2,
        "LANGUAGE_CODE": "de",
    }
    assert (database["ENGINE"], database["HOST"]) == (
        "django.db.backends.postgresql",
        "db.example",
    )


def test_pages_are_shared_by_files_or_by_redis(tmp_path):
    files = show(tmp_path, "CACHES")["CACHES"]["default"]
    redis = show(tmp_path, "CACHES", CACHE_URL="redis://cache.example:6380/1")["CACHES"]["default"]

    assert files["LOCATION"] == str(tmp_path / "cache")
    assert redis["LOCATION"] == "redis://cache.example:6380/1"


def test_a_cache_url_of_something_else_is_refused_without_its_password(tmp_path):
    result = run(tmp_path, "-c", SHOW, check=False, CACHE_URL="memcached://jane:secret@x")

    assert "CACHE_URL must be the address of a Redis server" in result.stderr
    assert "secret" not in result.stderr


def test_uploads_may_lie_elsewhere(tmp_path):
    values = {"UPLOAD_STORAGE": "a.b.C", "UPLOAD_OPTIONS": '{"bucket_name": "jane"}'}
    storage = show(tmp_path, "STORAGES", **values)["STORAGES"]["default"]
    wrong = run(tmp_path, "-c", SHOW, check=False, **{**values, "UPLOAD_OPTIONS": "key=secret"})

    assert storage["OPTIONS"] == {"backend": "a.b.C", "options": {"bucket_name": "jane"}}
    assert "UPLOAD_OPTIONS must be a JSON object" in wrong.stderr
    assert "secret" not in wrong.stderr


def test_sqlite_waits_its_turn_instead_of_losing_writes(tmp_path):
    options = show(tmp_path, "DATABASES")["DATABASES"]["default"]["OPTIONS"]

    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] == 20
    assert "journal_mode=WAL" in options["init_command"]


@pytest.mark.parametrize(
    ("site_url", "host", "prefix"),
    [
        ("http://jane.example.org:8080", "jane.example.org", None),
        ("https://example.org/~jane/", "example.org", "/~jane"),
        ("http://[2001:db8::1]:8000", "[2001:db8::1]", None),
    ],
)
def test_site_url_may_have_a_port_or_a_path(tmp_path, site_url, host, prefix):
    values = show(tmp_path, "ALLOWED_HOSTS", "FORCE_SCRIPT_NAME", "SITE_URL", SITE_URL=site_url)

    assert values["ALLOWED_HOSTS"][0] == host
    assert values["FORCE_SCRIPT_NAME"] == prefix
    assert values["SITE_URL"] == site_url.rstrip("/")


@pytest.mark.parametrize(
    "site_url",
    [
        "jane.example.org",
        "ftp://jane.example.org",
        "https://",
        "https://jane.example.org:port",
        "https://jane.example.org:99999",
        "https://jane:secret@example.org",
        "https://example.org/?page=1",
        "https://[::1",
    ],
)
def test_a_site_url_that_is_no_address_is_refused_with_a_sentence(tmp_path, site_url):
    result = run(tmp_path, "-c", SHOW, check=False, SITE_URL=site_url)

    assert result.returncode != 0
    assert "it must be a full address such as https://jane.example.org" in result.stderr


def test_four_processes_at_once_get_one_secret_key(tmp_path):
    data_dir = tmp_path / "data"
    with ThreadPoolExecutor(4) as pool:
        answers = pool.map(lambda _: show(data_dir, "SECRET_KEY")["SECRET_KEY"], range(4))

    [key] = set(answers)
    file = data_dir / "secret_key"
    assert file.read_text().strip() == key
    assert len(key) >= 50
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in data_dir.iterdir()] == ["secret_key"]


def test_nobody_else_may_look_into_the_data_folder(tmp_path):
    show(tmp_path / "data", "DATA_DIR")

    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700


def test_check_deploy_is_clean_with_only_site_url_set(tmp_path):
    result = run(
        tmp_path,
        "-W", "error", "manage.py", "check", "--deploy", "--fail-level", "WARNING",
        check=False,
        SITE_URL="https://jane.example.org",
    )  # fmt: skip

    assert result.returncode == 0, result.stderr
    assert "no issues (2 silenced)" in result.stdout


def test_without_site_url_another_host_is_told_to_set_it(tmp_path):
    status, _, body = ask(tmp_path, "/", {"host": "jane.example.org"})

    assert status == 400
    assert "SITE_URL" in body


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1", "[::1]:8000"])
def test_without_site_url_the_own_machine_is_answered(tmp_path, host):
    assert ask(tmp_path, "/robots.txt", {"host": host})[0] == 200


def test_http_is_sent_to_https(tmp_path):
    status, location, _ = ask(
        tmp_path, "/", {"host": "jane.example.org"}, SITE_URL="https://jane.example.org"
    )

    assert (status, location) == (301, "https://jane.example.org/")


def test_behind_a_trusted_proxy_its_https_counts(tmp_path):
    headers = {"host": "jane.example.org", "x-forwarded-proto": "https"}
    environment = {"SITE_URL": "https://jane.example.org"}

    trusted = ask(tmp_path, "/robots.txt", headers, PROXY_COUNT="1", **environment)
    untrusted = ask(tmp_path, "/robots.txt", headers, **environment)

    assert (trusted[0], untrusted[0]) == (200, 301)


def test_a_site_below_a_path_links_within_it(tmp_path):
    status, _, body = ask(
        tmp_path, "/robots.txt", {"host": "example.org"}, SITE_URL="http://example.org/~jane"
    )

    assert status == 200
    assert "http://example.org/~jane/sitemap.xml" in body


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("site_url", "domain"),
    [
        ("https://jane.example.org", "jane.example.org"),
        ("http://jane.example.org:8080/home", "jane.example.org:8080"),
        ("", "localhost:8000"),
    ],
)
def test_migrate_makes_the_sites_row_say_what_site_url_says(settings, site_url, domain):
    from django.contrib.sites.models import Site

    from homepage.checks import check_site_row

    settings.SITE_URL = site_url
    Site.objects.filter(pk=1).update(domain="example.com")
    Site.objects.clear_cache()
    before = check_site_row(None, databases=["default"])

    call_command("migrate", verbosity=0)

    assert [type(message) for message in before] == [Error]
    assert before[0].id == "homepage.E001"
    assert check_site_row(None, databases=["default"]) == []
    assert Site.objects.get_current().domain == domain
