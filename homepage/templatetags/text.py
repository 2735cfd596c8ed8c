"""Text that people typed, on a page: the one renderer as filters, and the language of a name."""

import re

from django import template

from homepage.common import markdown as renderer
from homepage.common.text import shortened

register = template.Library()

# Kana and Hangul tell the language; Han characters alone are most often Chinese.
SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")),
    ("zh", re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")),
)

register.filter("markdown", renderer.render)
register.filter("inline", renderer.render_inline)
register.filter("plain", renderer.plain)


@register.simple_tag
def text(source, level=3, of=None, within=""):
    """Render a text for its place on the page.

    Its highest heading is of that level; its ids begin with the row it is a text `of`, where
    others share the page, and with what it stands `within`, where it may stand there twice.
    """
    prefix = "-".join(filter(None, [within, of and f"{of._meta.model_name}-{of.pk}"]))
    return renderer.render(source, base_level=level, prefix=prefix)


@register.filter
def excerpt(source, length=200):
    """Return the beginning of a text as a search engine shows it: words only, cut at a word."""
    return shortened(renderer.flat(source), length)


@register.filter
def script_language(text):
    """Return the language that a name's script tells, or nothing."""
    return next((language for language, script in SCRIPTS if script.search(text)), "")
