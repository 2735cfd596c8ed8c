"""Renders the page of a paper, public or not, and checks it."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from homepage.common.preview import render_public

from ..models import Publication, Visibility
from .checks import Check, check_page
from .page import read_page


def check_paper(paper: Publication, request: HttpRequest | None = None) -> list[Check]:
    """Return the checks of the page that visitors get, or would get if the paper were public."""
    request = request or own_request()
    address = paper.get_absolute_url()
    if paper.is_public:
        response = render_public(request, address)
    else:
        with transaction.atomic():
            Publication.objects.filter(pk=paper.pk).update(visibility=Visibility.PUBLIC)
            response = render_public(request, address)
            transaction.set_rollback(True)
    return check_page(read_page(response.content.decode()), paper)


def own_request() -> HttpRequest:
    """Return a request that the site makes to itself."""
    parts = urlsplit(settings.SITE_URL or "http://localhost:8000")
    request = HttpRequest()
    request.method = "GET"
    port = parts.port or (443 if parts.scheme == "https" else 80)
    request.META = {"SERVER_NAME": parts.hostname, "SERVER_PORT": str(port)}
    return request
