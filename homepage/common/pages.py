"""The templates of public pages: Jinja2, which renders them in a fraction of the time.

They stand in `templates/jinja2/`; those of the admin, which extend Django's own, are Django's.
All that they are given is escaped, and none of them switches that off.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.template import engines
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from markupsafe import Markup

if TYPE_CHECKING:
    from .page_engine import Page

NAME = "pages"


def page(name: str) -> Page:
    """Return a template of public pages."""
    return engines[NAME].get_template(name)


def render(name: str, context: Mapping[str, Any]) -> SafeString:
    """Return what a template of public pages makes of a context."""
    return page(name).render(context)


def translated(text: str) -> Markup:
    """Return a text of a template in the language of the site.

    What is put into it by `%` is escaped; itself it is HTML, as the template is.
    """
    return _translated(text, get_language())


@lru_cache(maxsize=1000)
def _translated(text, language):
    return Markup(gettext(text))  # noqa: S704 our own words
