"""Logging in: who is held up, for how long, and who is not."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessLog
from django.contrib.auth import get_user_model
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from homepage.throttling import DEVICE_COOKIE, client_address, client_network

PASSWORD = "correct horse battery"
pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return get_user_model().objects.create_superuser("owner", password=PASSWORD)


def log_in(client, password=PASSWORD, username="owner", **headers):
    return client.post(
        reverse("admin:login"), {"username": username, "password": password}, **headers
    )


def fail(client, times, **options):
    return [log_in(client, "wrong", **options).status_code for _ in range(times)]


def let_pass(minutes):
    for attempt in AccessAttempt.objects.all():
        earlier = attempt.attempt_time - timedelta(minutes=minutes)
        AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=earlier)


def test_after_five_failures_even_the_right_password_gets_429(client, owner):
    assert fail(client, 4) == [200] * 4
    log_in(client, "wrong")

    response = log_in(client)

    assert response.status_code == 429
    assert 0 < int(response.headers["Retry-After"]) <= 15 * 60
    assert "too many failed tries" in response.content.decode()
    assert "sessionid" not in client.cookies


def test_the_lock_ends_after_a_quarter_of_an_hour(client, owner):
    fail(client, 5)
    let_pass(minutes=15)

    assert log_in(client).status_code == 302


def test_more_tries_do_not_make_the_lock_longer(client, owner):
    fail(client, 5)
    let_pass(minutes=14)
    assert fail(client, 20) == [429] * 20
    assert int(log_in(client).headers["Retry-After"]) <= 60
    let_pass(minutes=1)

    assert log_in(client).status_code == 302


def test_other_user_agents_do_not_bring_more_tries(client, owner):
    for number in range(5):
        fail(client, 1, HTTP_USER_AGENT=f"browser {number}")

    assert log_in(client, HTTP_USER_AGENT="one more").status_code == 429


def test_another_address_and_another_name_are_not_locked(client, owner):
    get_user_model().objects.create_superuser("other", password=PASSWORD)
    fail(client, 6)

    assert log_in(Client(), REMOTE_ADDR="192.0.2.7").status_code == 302
    assert log_in(Client(), username="other").status_code == 302


def test_an_unknown_user_gets_the_answers_of_a_known_one(client, owner):
    known = [log_in(client, "wrong") for _ in range(6)]
    unknown = [log_in(client, "wrong", username="nobody") for _ in range(6)]

    assert [r.status_code for r in unknown] == [r.status_code for r in known]
    assert _errors(unknown[0]) == _errors(known[0])
    assert _text(unknown[5]) == _text(known[5])


def _errors(response):
    return response.context["form"].non_field_errors()


def _text(response):
    return response.content.decode().replace("nobody", "owner")


def test_a_success_forgets_the_failures(client, owner):
    fail(client, 4)
    log_in(client)

    assert fail(Client(), 4) == [200] * 4


def test_a_browser_that_logged_in_before_is_not_locked_out_by_others(client, owner):
    log_in(client)
    client.cookies.pop("sessionid")
    assert fail(Client(), 6)[-1] == 429

    assert log_in(client).status_code == 302


def test_logging_out_keeps_the_cookie_of_the_browser(client, owner):
    log_in(client)
    client.post(reverse("admin:logout"))

    assert client.cookies[DEVICE_COOKIE].value
    fail(Client(), 6)
    assert log_in(client).status_code == 302


def test_a_known_browser_has_its_own_limit(client, owner):
    log_in(client)
    client.cookies.pop("sessionid")

    assert fail(client, 6)[-1] == 429
    assert log_in(client).status_code == 429


def test_the_cookie_is_for_the_admin_only_and_no_script_reads_it(client, owner):
    log_in(client)

    cookie = client.cookies[DEVICE_COOKIE]
    assert cookie["path"] == "/admin/"
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["secure"]
    assert cookie["max-age"] == 365 * 24 * 3600


def test_the_cookie_is_secure_with_https(client, owner, settings):
    settings.SESSION_COOKIE_SECURE = True

    log_in(client)

    assert client.cookies[DEVICE_COOKIE]["secure"]


@pytest.mark.parametrize("change", ["password", "other name", "tampered"])
def test_the_cookie_is_void(client, owner, change):
    log_in(client)
    value = client.cookies[DEVICE_COOKIE].value
    username = "owner"
    if change == "password":
        owner.set_password(PASSWORD + "!")
        owner.save()
    elif change == "other name":
        get_user_model().objects.create_superuser("other", password=PASSWORD)
        username = "other"
    else:
        value = value[:-1] + ("A" if value[-1] != "A" else "B")
    fail(Client(), 6, username=username)

    browser = Client()
    browser.cookies[DEVICE_COOKIE] = value

    assert log_in(browser, username=username).status_code == 429


def test_changing_the_password_renews_the_cookie(client, owner):
    log_in(client)
    new = "another fine password"
    client.post(
        reverse("admin:password_change"),
        {"old_password": PASSWORD, "new_password1": new, "new_password2": new},
    )
    client.post(reverse("admin:logout"))
    fail(Client(), 6)

    assert log_in(client, new).status_code == 302


def test_a_failed_login_sets_no_cookie_of_a_known_browser(client, owner):
    fail(client, 1)

    assert DEVICE_COOKIE not in client.cookies


def test_a_megabyte_of_password_is_refused_unread(client, owner, monkeypatch):
    monkeypatch.setattr(
        "django.contrib.auth.forms.authenticate", lambda *a, **k: pytest.fail("was hashed")
    )

    response = log_in(client, "x" * 1_000_000)

    assert response.status_code == 200
    assert response.context["form"].errors


@pytest.mark.parametrize(
    "target", ["//evil.example", "javascript:alert(1)", "https://evil.example"]
)
def test_the_way_back_stays_on_this_site(client, owner, target):
    response = client.post(
        reverse("admin:login"), {"username": "owner", "password": PASSWORD, "next": target}
    )

    assert response.headers["Location"] == reverse("admin:index")


def test_records_are_deleted_after_30_days(client, owner):
    log_in(client)
    fail(client, 1, username="someone")
    old = timezone.now() - timedelta(days=31)
    AccessLog.objects.update(attempt_time=old)
    AccessAttempt.objects.update(attempt_time=old)

    log_in(Client(), username="stranger", password="wrong")

    assert not AccessLog.objects.exists()
    assert [attempt.username for attempt in AccessAttempt.objects.all()] == ["stranger"]


def test_records_hold_no_password(client, owner):
    fail(client, 2)

    attempt = AccessAttempt.objects.get()
    assert "wrong" not in attempt.post_data
    assert "wrong" not in attempt.get_data


def test_force_login_needs_no_password(client, owner):
    client.force_login(owner)

    assert client.get(reverse("admin:index")).status_code == 200


@pytest.mark.parametrize(
    ("proxies", "forwarded", "remote", "address"),
    [
        (0, "", "192.0.2.1", "192.0.2.1"),
        (0, "198.51.100.9", "192.0.2.1", "192.0.2.1"),
        (1, "198.51.100.9", "10.0.0.1", "198.51.100.9"),
        (1, "203.0.113.66, 198.51.100.9", "10.0.0.1", "198.51.100.9"),
        (2, "203.0.113.66, 198.51.100.9, 10.0.0.2", "10.0.0.1", "198.51.100.9"),
        (2, "198.51.100.9", "10.0.0.1", "10.0.0.1"),
        (1, "", "10.0.0.1", "10.0.0.1"),
        (1, "not an address", "10.0.0.1", "10.0.0.1"),
        (1, "198.51.100.9:4711", "10.0.0.1", "198.51.100.9"),
        (1, "[2001:db8::1]:4711", "10.0.0.1", "2001:db8::1"),
        (0, "", "::ffff:192.0.2.1", "192.0.2.1"),
        (0, "", "", "None"),
    ],
)
def test_the_address_is_what_the_trusted_proxies_saw(settings, proxies, forwarded, remote, address):
    settings.PROXY_COUNT = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded)

    assert str(client_address(request)) == address


def test_ipv6_is_counted_by_subscriber():
    request = RequestFactory().get("/", REMOTE_ADDR="2001:db8:1:2:3:4:5:6")

    assert client_network(request) == "2001:db8:1:2::"


def test_spoofed_headers_bring_no_more_tries(client, owner):
    for number in range(5):
        fail(client, 1, HTTP_X_FORWARDED_FOR=f"198.51.100.{number}")

    assert log_in(client, HTTP_X_FORWARDED_FOR="198.51.100.77").status_code == 429
