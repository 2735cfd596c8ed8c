"""What people type into the admin, checked with one clear sentence for each mistake."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from . import identifiers
from .addresses import is_relative
from .text import CONTROL, INVISIBLE

MAX_LENGTH = 100_000
MAX_URL_LENGTH = 2000
FIRST_YEAR = 1000
LOCAL_ENDINGS = (".localhost", ".local", ".internal", ".lan", ".home.arpa")
# Directional embeddings, overrides and isolates let a text read as what it is not.
FORBIDDEN = re.compile(f"{CONTROL.pattern}|[\u202a-\u202e\u2066-\u2069]")
HOST = re.compile(r"(?!-)[\w-]+(?:\.[\w-]+)*\.?|[0-9a-f:.]*:[0-9a-f:.]*", re.IGNORECASE)


def validate_no_control_characters(value: str) -> None:
    """Refuse control characters and the ones that turn the direction of the text around."""
    if match := FORBIDDEN.search(value):
        before = value[max(0, match.start() - 20) : match.start()]
        raise ValidationError(
            "Remove the invisible character U+%(code)s %(place)s, "
            "for example by typing this part again.",
            code="control_character",
            params={
                "code": f"{ord(match[0]):04X}",
                "place": f"after “{before}”" if before else "at the start",
            },
        )


def validate_web_url(value: str) -> None:
    """Refuse all but an http or https address with a host and without a password."""
    _validate_address(value)
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port
    except ValueError:
        parts, host = None, None
    if parts is None or parts.scheme not in ("http", "https") or not HOST.fullmatch(host or ""):
        raise ValidationError(
            "Enter an address that begins with https:// or http://, "
            "for example https://jane.example.org/.",
            code="invalid_url",
        )
    if "@" in parts.netloc:
        raise ValidationError(
            "Leave the user name and password out of the address, "
            "for example https://jane.example.org/.",
            code="url_credentials",
        )


def is_private_address(value: str) -> bool:
    """Return whether an address leads to a machine that visitors cannot reach."""
    try:
        host = (urlsplit(value).hostname or "").rstrip(".")
    except ValueError:
        return False
    try:
        return not ip_address(host).is_global
    except ValueError:  # a name, not a number
        return host == "localhost" or host.endswith(LOCAL_ENDINGS)


def validate_link(value: str) -> None:
    """Refuse all but a web address, a mailto: address and a path on this site.

    A path such as `files/paper.pdf`, which imports bring along, is led from the root of the site.
    """
    if is_relative(value):
        _validate_address(value)
    else:
        validate_whole_link(value)


def validate_whole_link(value: str) -> None:
    """Refuse all but a web address, a mailto: address and a path from the root of this site."""
    _validate_address(value)
    scheme = value.partition(":")[0].lower()
    if value.startswith("/") and not value.startswith("//") and "\\" not in value:
        return
    if scheme == "mailto":
        _validate_mailto(value)
    elif scheme in ("http", "https"):
        validate_web_url(value)
    else:
        raise ValidationError(
            "Enter an address that begins with https://, http://, mailto: or a single /, "
            "for example https://jane.example.org/code or /media/papers/paper.pdf.",
            code="invalid_link",
        )


def _validate_mailto(value):
    try:
        validate_email(value[len("mailto:") :].partition("?")[0])
    except ValidationError as error:
        raise ValidationError(
            "Enter an e-mail address after mailto:, for example mailto:jane@example.org.",
            code="invalid_link",
        ) from error


def _validate_address(value):
    if len(value) > MAX_URL_LENGTH:
        raise ValidationError(
            "Shorten the address to %(limit)d characters; it has %(length)d. "
            "A short one is https://jane.example.org/.",
            code="url_too_long",
            params={"limit": MAX_URL_LENGTH, "length": len(value)},
        )
    if re.search(r"\s", value) or CONTROL.search(value) or INVISIBLE.search(value):
        raise ValidationError(
            "Remove spaces, line breaks and invisible characters from the address; "
            "a space is written %20, for example https://jane.example.org/my%20paper.pdf.",
            code="url_white_space",
        )


def validate_markdown_length(value: str) -> None:
    """Refuse a text that no page should have to render."""
    if len(value) > MAX_LENGTH:
        raise ValidationError(
            "Shorten the text to %(limit)d characters; it has %(length)d. "
            "A long list, for example, can move to a section of its own.",
            code="text_too_long",
            params={"limit": MAX_LENGTH, "length": len(value)},
        )


def validate_year(value: int) -> None:
    """Refuse a year that no paper has or will have soon."""
    last = date.today().year + 5
    if not FIRST_YEAR <= value <= last:
        raise ValidationError(
            "Enter a year between %(first)d and %(last)d, for example 2024.",
            code="invalid_year",
            params={"first": FIRST_YEAR, "last": last},
        )


def _validate_identifier(normalize: Callable[[str], str], value: str, code: str) -> None:
    try:
        normalize(value)
    except ValueError as error:
        raise ValidationError(str(error), code=code) from error


def validate_doi(value: str) -> None:
    """Refuse what is no DOI."""
    _validate_identifier(identifiers.normalize_doi, value, "invalid_doi")


def validate_arxiv(value: str) -> None:
    """Refuse what is no arXiv id."""
    _validate_identifier(identifiers.normalize_arxiv, value, "invalid_arxiv")


def validate_orcid(value: str) -> None:
    """Refuse what is no ORCID iD."""
    _validate_identifier(identifiers.normalize_orcid, value, "invalid_orcid")


def validate_isbn(value: str) -> None:
    """Refuse what is no ISBN."""
    _validate_identifier(identifiers.normalize_isbn, value, "invalid_isbn")


def validate_issn(value: str) -> None:
    """Refuse what is no ISSN."""
    _validate_identifier(identifiers.normalize_issn, value, "invalid_issn")
