"""Items of `_talks`, `_teaching` and `_portfolio`: each becomes a piece of its section's text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from homepage.common.markdown import escape_inline, parser, plain
from homepage.common.text import words

from .jekyll import Jekyll, SourceFile
from .leftovers import is_of_template
from .papers import ADDRESS, PICTURE_KEYS
from .texts import joined
from .values import day_of, text, written_date

# What the template shows in one line, in its order.
FACTS = ("type", "role", "venue", "location")
# Keys that say how a page looks or is sorted, and nothing to its reader.
NO_TEXT = frozenset(
    "title collection layout permalink redirect_from date year author_profile order priority "
    "weight importance category categories tags published sitemap comments share toc related "
    "classes header sidebar read_time author excerpt related_publications giscus_comments "
    "horizontal imgclass inline nav nav_order redirect".split()
)
LONGEST_LABEL = 30
# A text of more characters is folded away, so that a list of talks stays one.
LONG = 700
HEADING = re.compile(
    r"^ {0,3}(?:#{1,6}[ \t]+(?P<text>[^\n]+?)[ \t#]*$|<h[1-6]\b[^<>\n]*>(?P<html>.*?)</h[1-6]>)",
    re.M | re.I,
)


def item_text(site: Jekyll, item: SourceFile, level: int) -> str:
    """Return an item in Markdown under a heading of that level; "" if it is an example."""
    title, line = text(item, "title")
    title = "" if is_of_template(title) else title
    body = site.prepared(item).text.strip("\n")
    values = {key: text(item, key)[0] for key in item.header.values}
    values = {key: value for key, value in values.items() if value and not is_of_template(value)}
    is_example = not title and not set(values) & set(FACTS) and site.has_examples(item)
    if is_example or not title and not re.search(r"\w", re.sub(r"<[^<>]*>", "", body)):
        what = text(item, "title")[0] or item.path
        site.leave_out(item.path, f"an example of the template, left out: {what}", line)
        return ""
    heading = escape_inline(title) or escape_inline(item.path.rpartition("/")[2])
    link = values.get("redirect", "")
    if link.startswith(("http://", "https://")):
        heading = f"[{heading}](<{link}>)"
    said = words(title)
    facts = [values[key] for key in FACTS if words(values.get(key, "")) - said]
    when = written_date(_date(item)) or values.get("year", "")
    parts = [f"{'#' * level} {heading}"]
    if facts or when:
        parts.append(f"*{escape_inline(', '.join(filter(None, [*facts, when])))}*")
    parts += _pictures(site, item, values, body)
    excerpt = values.get("excerpt", "")
    shown = words(" ".join([*parts, body]))
    if words(_plain(excerpt)) - shown:
        parts.append(site.with_new_addresses(excerpt, item, "excerpt"))
    parts += _others(site, item, values, shown | words(_plain(excerpt)))
    parts.append(folded_away(demoted(body, level)))
    return "\n\n".join(filter(None, parts))


def _date(item):
    """Return the date of an item; of a course the template shows no more than the year."""
    year, month, day = day_of(item)
    is_course = item.path.startswith("_teaching")
    return (year, None, None) if is_course else (year, month, day)


def folded_away(source: str) -> str:
    """Return a text of which a long part is only shown when its reader asks for it.

    That is what stands under its first heading, such as “Abstract”, or else all of it.
    """
    if len(source) < LONG:
        return source
    heading = HEADING.search(source)
    if heading and heading.start() < LONG:
        lead, rest = source[: heading.start()].strip(), source[heading.end() :].strip()
        label = plain(heading["html"] or heading["text"])
    else:
        lead, label, rest = "", "More", source
    return joined(lead, f"<details><summary>{escape(label)}</summary>", rest, "</details>")


def _others(site, item, values, shown) -> Iterable[str]:
    """Yield what other keys say that is shown nowhere: a text, or where something is found."""
    links = []
    for key, value in values.items():
        if key in NO_TEXT or key in FACTS or key in PICTURE_KEYS:
            continue
        if ADDRESS.match(value) and " " not in value:
            url = site.address(value, text(item, key)[1], item)
            label = key.removesuffix("url").replace("_", " ").strip(" -") or key
            links.append(f"[{label}](<{url}>)")
        elif (new := words(_plain(value)) - shown) and re.search(r"[^\W\d_]", value + key):
            if len(new) * 2 < len(words(_plain(value))) or len(key) > LONGEST_LABEL:
                continue  # the title again, numbered or shortened
            value = site.with_new_addresses(value, item, key)
            label = key.replace("_", " ").capitalize()
            yield value if key in ("description", "summary", "abstract") else f"{label}: {value}"
    if links:
        yield " · ".join(links)


def _pictures(site, item, values, body):
    for key in PICTURE_KEYS:
        value = values.get(key, "")
        local = site.addresses.local(value) if value else None
        file = local and (
            site.addresses.file(local.file) or site.addresses.file(f"/images/{value}")
        )
        if file and file.name not in body:
            yield f"![]({site.media_url}{file.name})"


def _plain(source):
    return re.sub(r"<[^<>]*>", " ", source)


def demoted(source: str, level: int) -> str:
    """Return a text whose highest heading stands below one of that level."""
    found = [token for token in parser().parse(source) if token.type == "heading_open"]
    tags = [int(tag) for tag in re.findall(r"<h([1-6])\b", source, re.I)]
    highest = min([*(int(token.tag[1]) for token in found), *tags], default=level + 1)
    by = level + 1 - highest
    if by <= 0:
        return source
    lines = source.split("\n")
    for token in found:
        first, last = token.map
        depth = min(6, int(token.tag[1]) + by)
        heading = lines[first:last]
        if token.markup in ("=", "-"):
            words_ = " ".join(line.strip() for line in heading[:-1])
        else:
            words_ = re.sub(r"^[ \t]*#{1,6}[ \t]*|[ \t]+#+[ \t]*$", "", heading[0])
        lines[first:last] = [f"{'#' * depth} {words_}", *[""] * (last - first - 1)]
    return re.sub(
        r"(</?h)([1-6])\b",
        lambda match: f"{match[1]}{min(6, int(match[2]) + by)}",
        "\n".join(lines),
        flags=re.I,
    )
