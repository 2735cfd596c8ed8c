"""Whole addresses of the site's own pages."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix


def absolute(path: str, request: HttpRequest) -> str:
    """Return `path` of this site with scheme and host: those of SITE_URL, else the request's."""
    if settings.SITE_URL:
        return settings.SITE_URL + path.removeprefix(get_script_prefix().rstrip("/"))
    return request.build_absolute_uri(path)


def origin(request: HttpRequest) -> str:
    """Return what stands before any path of this site in its whole address."""
    prefix = get_script_prefix()
    return absolute(prefix, request).removesuffix(prefix)
