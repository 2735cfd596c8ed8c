"""What templates of public pages may call: functions and filters by their names there."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Model
from django.db.models.fields.files import FieldFile
from django.templatetags.static import static
from django.urls import reverse
from django.utils import formats
from django.utils.timezone import template_localtime
from django.utils.translation import get_language, get_language_bidi
from jinja2 import Environment, FileSystemBytecodeCache, pass_context

from profiles.linked_data import profile_page
from publications import on_pages

from .common import markdown
from .common.data_blocks import data_block
from .common.locales import open_graph_locale
from .common.pages import render, translated
from .common.paths import path_of
from .common.site import absolute
from .common.text import longest_word, script_language, shortened


def environment(**options) -> Environment:
    """Return the environment of Jinja2, for Django's settings."""
    made = _Environment(bytecode_cache=_Compiled(_folder()), **options)
    made.globals |= {
        "_": translated,
        "get_language": get_language,
        "get_language_bidi": get_language_bidi,
        "json_ld": data_block,
        "locale": locale,
        "path": path_of,
        "picture": picture,
        "profile_json_ld": profile_json_ld,
        "static": static,
        "text": text,
        "whole": whole,
        **on_pages.FUNCTIONS,
    }
    made.filters |= {
        "date": date_in_words,
        "day": day,
        "excerpt": excerpt,
        "inline": markdown.render_inline,
        "iso": iso,
        "longest_word": longest_word,
        "plain": markdown.plain,
        "script_language": script_language,
        **on_pages.FILTERS,
    }
    return made


def _folder() -> str:
    """Return where compiled templates are kept: in the data folder, which nobody else writes."""
    folder = Path(settings.DATA_DIR) / "cache" / "templates"
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return str(folder)


class _Compiled(FileSystemBytecodeCache):
    """Compiled templates for other processes: making them takes as long as loading Django."""

    def dump_bytecode(self, bucket):
        with suppress(OSError):  # a full or read-only disk costs time and nothing else
            super().dump_bytecode(bucket)

    def load_bytecode(self, bucket):
        with suppress(OSError):
            super().load_bytecode(bucket)


class _Environment(Environment):
    def make_globals(self, d):
        """Return what all templates know: nothing of it changes, so that it need not be a view."""
        return {**self.globals, **(d or {})}


def text(source: str, level: int = 3, of: Model | None = None, within: str = "") -> str:
    """Render a text for its place on the page.

    Its highest heading is of that level; its ids begin with the row it is a text `of`, where
    others share the page, and with what it stands `within`, where it may stand there twice.
    """
    prefix = "-".join(filter(None, [within, of and f"{of._meta.model_name}-{of.pk}"]))
    return markdown.render(source, base_level=level, prefix=prefix)


def locale() -> str:
    """Return the language of the site for previews of links, which want a land with it."""
    return open_graph_locale(get_language())


def excerpt(source: str, length: int = 200) -> str:
    """Return the beginning of a text as a search engine shows it: words only, cut at a word."""
    return shortened(markdown.flat(source), length)


def picture(file: FieldFile, *, alt: str, sizes: str, **attributes) -> str:
    """Show an uploaded picture; `sizes` says how wide it stands, as in HTML.

    Nothing is shown where the file is missing or damaged.
    """
    shown = file.picture() if file else None
    square = shown and file.field.shape == "s"
    context = {"picture": shown, "square": square, "alt": alt, "sizes": sizes, **attributes}
    return render("_picture.html", context)


@pass_context
def whole(context, path: str) -> str:
    """Return the whole address of a path of this site."""
    return absolute(path, context["request"])


@pass_context
def profile_json_ld(context) -> str:
    """Say to machines who the person is, if there is one."""
    profile, request = context["profile"], context["request"]
    if not profile:
        return ""
    changed = context["changed"]
    return data_block(
        profile_page(
            profile,
            address=absolute(reverse("home"), request),
            image=absolute(profile.photo.url, request) if profile.photo else "",
            modified=changed.isoformat(timespec="seconds") if changed else "",
        )
    )


def date_in_words(value: date) -> str:
    """Return a date as the language of the site has it."""
    return formats.date_format(template_localtime(value), "DATE_FORMAT")


def day(value: date) -> str:
    """Return a day for machines: 2024-05-01."""
    local = template_localtime(value)
    return (local.date() if isinstance(local, datetime) else local).isoformat()


def iso(moment: datetime) -> str:
    """Return a moment for machines."""
    return template_localtime(moment).isoformat()
