"""Security headers on every answer, whatever it is."""

import pytest
from django.conf import settings as site_settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from homepage import views
from tests.factories import make_publication

pytestmark = pytest.mark.django_db

PUBLIC_POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "connect-src 'self'",
    "object-src 'none'",
    "manifest-src 'self'",
}
ADMIN_POLICY = PUBLIC_POLICY - {"img-src 'self'"} | {"img-src 'self' data:"}
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), "
    "browsing-topics=()",
}
PUBLIC_REFERRER = "strict-origin-when-cross-origin"


def policy(response):
    return {part.strip() for part in response.headers["Content-Security-Policy"].split(";")}


def assert_safe(response, expected_policy=PUBLIC_POLICY, referrer=PUBLIC_REFERRER):
    assert {name: response.headers.get(name) for name in ALWAYS} == ALWAYS
    assert response.headers["Referrer-Policy"] == referrer
    assert policy(response) == expected_policy


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/publications/", 200),
        ("/robots.txt", 200),
        ("/favicon.ico", 301),
        ("/no-such-page/", 404),
        ("/publications/no-such-paper/", 404),
        ("/media/no-such-file.pdf", 404),
    ],
)
def test_public_answers_carry_them(client, path, status):
    response = client.get(path)

    assert response.status_code == status
    assert_safe(response)
    assert not response.cookies


def test_a_host_that_is_not_ours_gets_a_safe_400(client):
    response = client.get("/", headers={"host": "evil.example"})

    assert response.status_code == 400
    assert_safe(response)


def test_a_failure_gets_a_safe_500(monkeypatch):
    def fail(self, request, *args, **kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr(views.HomeView, "get", fail)

    response = Client(raise_request_exception=False).get("/")

    assert response.status_code == 500
    assert_safe(response)


def test_a_static_file_carries_them(client, settings, tmp_path):
    (tmp_path / "site.css").write_text("body {}")
    settings.STATIC_ROOT = tmp_path

    response = Client().get("/static/site.css")

    assert b"".join(response) == b"body {}"
    assert_safe(response)


def test_https_answers_ask_for_https(client, settings):
    settings.SECURE_HSTS_SECONDS = 31536000

    response = Client().get("/", secure=True)

    assert response.headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.parametrize(
    "path",
    ["/admin/", "/admin/login/", "/admin/no-such-page/", "/admin/jsi18n/", "/admin/autocomplete/"],
)
@pytest.mark.parametrize("who", ["visitor", "owner"])
def test_answers_of_the_admin_are_stricter(client, path, who):
    if who == "owner":
        client.force_login(get_user_model().objects.create_superuser("owner"))

    response = client.get(path)

    assert_safe(response, ADMIN_POLICY, "same-origin")
    assert response.headers["Cache-Control"] == "no-store, private"
    assert response.headers["X-Robots-Tag"] == "noindex"


def test_the_lockout_page_carries_them(client):
    for _ in range(6):
        response = client.post(reverse("admin:login"), {"username": "a", "password": "b"})

    assert response.status_code == 429
    assert_safe(response, ADMIN_POLICY, "same-origin")


def test_a_form_without_its_token_gets_a_safe_403():
    client = Client(enforce_csrf_checks=True)

    response = client.post(reverse("admin:login"), {"username": "a", "password": "b"})

    assert response.status_code == 403
    assert_safe(response, ADMIN_POLICY, "same-origin")
    assert response.headers["Cache-Control"] == "no-store, private"


def test_public_pages_set_no_cookie_and_do_not_depend_on_one(client):
    make_publication(title="Learning to fold")

    for path in ("/", "/publications/", "/publications/learning-to-fold/"):
        response = client.get(path)
        assert not response.cookies
        assert "Cookie" not in response.headers.get("Vary", "")


def test_forwarded_headers_are_ignored_without_a_trusted_proxy(client):
    response = client.get(
        "/robots.txt",
        headers={"x-forwarded-host": "evil.example", "x-forwarded-proto": "https"},
    )

    assert response.status_code == 200
    assert "evil.example" not in response.content.decode()
    assert not response.wsgi_request.is_secure()


def test_no_policy_allows_anything_unsafe_or_elsewhere():
    for sources in site_settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].values():
        assert set(sources) <= {"'none'", "'self'"}


def test_sessions_and_tokens_are_kept_from_scripts(settings):
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.CSRF_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == settings.CSRF_COOKIE_SAMESITE == "Lax"
