"""Login throttling: who is counted, how long a lock lasts, and which browsers are known.

django-axes keeps the records: five failures for one user name from one network close that
pair for 15 minutes. Two things are added.

Whoever has logged in before carries a signed cookie, bound to the account and its password.
Such a browser is counted by itself, so that strangers behind the same address (a campus, a
proxy) cannot lock the owner out (OWASP, "Slow down online guessing attacks with device
cookies").

Addresses are read from X-Forwarded-For only as far as PROXY_COUNT proxies are trusted, and
IPv6 is counted by its /64, which is what one subscriber has.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, get_random_string

DEVICE_COOKIE = "known_browser"
DEVICE_AGE = timedelta(days=365)
DEVICE_SALT = "homepage.throttling.device"
RECORD_AGE = timedelta(days=30)


def client_address(request: HttpRequest) -> IPv4Address | IPv6Address | None:
    """Return who sent the request: the entry that the outermost trusted proxy wrote."""
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    trusted = settings.PROXY_COUNT
    candidates = [hops[-trusted]] if 0 < trusted <= len(hops) else []
    for candidate in [*candidates, request.META.get("REMOTE_ADDR", "")]:
        try:
            address = ip_address(_without_port(candidate.strip()))
        except ValueError:
            continue
        return getattr(address, "ipv4_mapped", None) or address
    return None


def client_network(request: HttpRequest) -> str | None:
    """Return what attempts are counted by: an IPv4 address, or the /64 of an IPv6 address."""
    address = client_address(request)
    if isinstance(address, IPv6Address):
        return str(ip_network((address.packed, 64), strict=False).network_address)
    return str(address) if address else None


def _without_port(text):
    if text.startswith("["):
        return text[1:].partition("]")[0]
    return text.partition(":")[0] if text.count(":") == 1 else text


class LoginHandler(AxesDatabaseHandler):
    """The records of django-axes, with known browsers counted by themselves."""

    def filter_user_attempts(self, request, credentials=None):
        _recognise(request, credentials)
        return super().filter_user_attempts(request, credentials)

    def user_login_failed(self, sender, credentials, request=None, **kwargs):
        if request is not None:
            _recognise(request, credentials)
        super().user_login_failed(sender, credentials, request=request, **kwargs)


def _recognise(request, credentials):
    """Let a known browser be recorded under its own random name, not by its User-Agent."""
    username = (credentials or {}).get("username") or request.POST.get("username", "")
    request.known_browser = device = known_browser(request, username)
    if device:
        request.axes_user_agent = f"known browser {device}"


def counted_by(request: HttpRequest, credentials: dict[str, Any] | None = None) -> list[list[str]]:
    """Return the columns of a record that must agree (AXES_LOCKOUT_PARAMETERS)."""
    if getattr(request, "known_browser", ""):
        return [["username", "user_agent"]]
    return [["username", "ip_address"]]


def known_browser(request: HttpRequest, username: str) -> str:
    """Return the random name in the browser's cookie if it is valid for this account, else ""."""
    try:
        cookie = signing.loads(
            request.COOKIES.get(DEVICE_COOKIE, ""), salt=DEVICE_SALT, max_age=DEVICE_AGE
        )
    except signing.BadSignature:
        return ""
    if cookie["username"] != username:
        return ""
    user = get_user_model()._default_manager.filter(username=username, is_active=True).first()
    if user and constant_time_compare(cookie["auth"], user.get_session_auth_hash()):
        return cookie["browser"]
    return ""


def remember_browser(request: HttpRequest, response: HttpResponse) -> None:
    """Give the browser of the user who has just logged in its cookie."""
    value = {
        "username": request.user.get_username(),
        "auth": request.user.get_session_auth_hash(),
        "browser": get_random_string(22),
    }
    response.set_cookie(
        DEVICE_COOKIE,
        signing.dumps(value, salt=DEVICE_SALT),
        max_age=DEVICE_AGE,
        path=reverse("admin:index"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def locked_out(
    request: HttpRequest,
    original_response: HttpResponse | None = None,
    credentials: dict[str, Any] | None = None,
) -> HttpResponse:
    """Answer 429 with the time that is left (AXES_LOCKOUT_CALLABLE)."""
    attempts = LoginHandler().get_user_attempts(request, credentials)[0]
    records = attempts.values_list("attempt_time", "failures_since_start")
    seconds = _seconds_left(records, timezone.now())
    context = {
        **admin.site.each_context(request),
        "title": "Too many tries",
        "minutes": math.ceil(seconds / 60),
    }
    response = render(request, "admin/locked_out.html", context, status=429)
    response.headers["Retry-After"] = str(seconds)
    return response


def _seconds_left(records: Iterable[tuple[datetime, int]], now: datetime) -> int:
    """Return when fewer failures than the limit will be left within the window."""
    failures = 0
    for time, count in sorted(records, reverse=True):
        failures += count
        if failures >= settings.AXES_FAILURE_LIMIT:
            left = time + settings.AXES_COOLOFF_TIME - now
            return max(1, math.ceil(left.total_seconds()))
    return 1


def forget_old_records(**kwargs: Any) -> None:
    """Delete what is known of logins before the last 30 days; runs at every login, good or bad."""
    limit = timezone.now() - RECORD_AGE
    for model in (AccessAttempt, AccessFailureLog, AccessLog):
        model.objects.filter(attempt_time__lt=limit).delete()
