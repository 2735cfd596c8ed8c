"""The news of an al-folio site: each file of `_news` is a dated line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from homepage.academicpages.data import NewsData
from homepage.academicpages.draft import Draft
from homepage.academicpages.jekyll import SourceFile
from homepage.academicpages.leftovers import is_of_template
from homepage.academicpages.texts import joined
from homepage.academicpages.values import day_of, text
from homepage.common.markdown import escape_inline


def read_news(draft: Draft, items: Sequence[SourceFile], is_public: bool) -> None:
    """Add the news to the draft, the newest first; what the template brings is left out."""
    for item in sorted(items, key=_order, reverse=True):
        title, line = text(item, "title")
        body = draft.source.prepared(item).text.strip()
        body = re.sub(r"\A(?:\s|<br\s*/?>)+|(?:\s|<br\s*/?>)+\Z", "", body)
        is_example = is_of_template(title) and draft.source.has_examples(item)
        body = "" if is_example else body
        is_inline = item.header.values.get("inline") is True
        title = "" if is_inline and body or is_of_template(title) else title
        if not body and not title:
            draft.source.leave_out(item.path, "an example of the template, left out", line)
            continue
        year, month, day = day_of(item)
        if year is None:
            draft.source.leave_out(item.path, "it has no date, so it is left out")
            continue
        heading = f"**{escape_inline(title)}**" if title else ""
        draft.news.append(
            NewsData(
                key=item.path,
                date=date(year, month or 1, day or 1),
                body=joined(heading, body),
                is_public=is_public,
            )
        )
        if is_public:
            draft.note_addresses(item, target="/news/")


def _order(item):
    # A whole date with the time of day: of two on one day the later comes first.
    return tuple(part or 0 for part in day_of(item)), str(item.header.values.get("date", ""))
