"""From a path to what the old site there says, whatever made it: a folder, or one page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage

from publications.records import Problem

from .academicpages import site as academicpages
from .academicpages.data import Site
from .academicpages.jekyll import Jekyll
from .academicpages.page import read_page
from .alfolio import site as alfolio
from .common.decode import DecodingError, decode
from .leaving.reading import DATA, changed_pages, folder_of, read_folder
from .leaving.restoring import BrokenData

LARGEST = 20_000_000  # bytes; the longest page seen so far had 90,000
ADDRESS = re.compile(r"https?://[^\s/?#]+(?:/[^\s?#]*)?", re.I)


class UnreadableSite(ValueError):
    """There is nothing to import; the message says what is wrong and what to do."""


def read_old_site(source: Path, known_owner: Sequence[str] = (), base_url: str = "") -> Site:
    """Return what an old site says. Raises UnreadableSite.

    `known_owner` are the names its owner goes by, `base_url` is its address, with or without
    https.
    """
    base_url = _whole(base_url)
    if not source.exists():
        raise UnreadableSite(f"There is no file {source}: check the path.")
    site, said = _left_from_here(source)
    if site:
        return site
    if source.is_dir():
        site = _of_folder(source, known_owner, base_url)
    else:
        text, warning = _text(source)
        site = Site.of_page(read_page(text, known_owner, base_url))
        if warning:
            site = replace(site, problems=(Problem(0, warning), *site.problems))
    site = replace(site, problems=(*said, *site.problems))
    if site.is_empty:
        raise UnreadableSite(f"{source} shows nothing: there is no text in it to import.")
    return site


def _left_from_here(source) -> tuple[Site | None, list[Problem]]:
    """Return the site that left into this folder, or a word on why its pages are read instead."""
    try:
        folder = folder_of(source)
        changed = changed_pages(folder) if folder else []
        if folder and not changed:
            return read_folder(folder), []
    except BrokenData as error:
        raise UnreadableSite(
            f"{source} was left by a site like this one, but {error}. Mend that, or remove {DATA}: "
            "then the pages are read."
        ) from error
    if not changed:
        return None, []
    more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
    say = f"changed since it was written here{more}, so the pages count and not {DATA}"
    return None, [Problem(0, say, path=changed[0])]


def _of_folder(source, known_owner, base_url):
    if academicpages.is_site(source):
        site = Jekyll(source, base_url, settings.MEDIA_URL, default_storage.exists)
        read = alfolio.read_site if alfolio.is_alfolio(site) else academicpages.read_site
        return read(site, known_owner)
    raise UnreadableSite(
        f"{source} is a folder, but no site made with Jekyll: there is neither _config.yml nor "
        "_pages in it. Name the folder of your site, or your Markdown page."
    )


def _whole(address):
    """Return the address of a site with its scheme."""
    if address and "://" not in address:
        address = f"https://{address}"
    if address and not ADDRESS.fullmatch(address):
        raise UnreadableSite(
            f"{address} is no address of a site: give one such as https://jane.github.io"
        )
    return address


def _text(source):
    """Return the decoded text of a page, and a word on how it was decoded."""
    try:
        data = source.read_bytes()
    except OSError as error:
        raise UnreadableSite(f"{source} cannot be read: {error.strerror}.") from error
    if len(data) > LARGEST:
        raise UnreadableSite(
            f"{source} is larger than 20 MB: a home page is text. Is a picture written into it? "
            "Save it as a file, link to it and import again."
        )
    if not data.strip():
        raise UnreadableSite(f"{source} is empty: there is nothing to import.")
    try:
        decoded = decode(data)
    except DecodingError as error:
        raise UnreadableSite(f"{source}: {error}. Give a Markdown page.") from error
    return decoded.text, decoded.warning
