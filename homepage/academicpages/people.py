"""Who the owner is: from the author block of `_config.yml` to the profile and its links."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from publications.names import CJK, is_full_name
from publications.records import Problem

from .data import ProfileData, ProfileLinkData
from .files import PHOTOS
from .jekyll import Jekyll
from .leftovers import PHOTOS as EXAMPLE_PHOTOS
from .leftovers import is_of_nobody

# Keys of the template, in its order, with the kinds of `profiles.networks`.
KINDS = {
    "uri": "website",
    "website": "website",
    "googlescholar": "google-scholar",
    "orcid": "orcid",
    "semantic": "semantic-scholar",
    "arxiv": "arxiv",
    "dblp": "dblp",
    "openreview": "openreview",
    "inspire": "inspire",
    "inspire-hep": "inspire",
    "researchgate": "researchgate",
    "github": "github",
    "gitlab": "gitlab",
    "huggingface": "hugging-face",
    "linkedin": "linkedin",
    "mastodon": "mastodon",
    "twitter": "x",
    "x": "x",
    "bluesky": "bluesky",
    "youtube": "youtube",
    "wikipedia": "wikipedia",
}
# What has no kind of its own: label and address, where an id may be given.
OTHERS = {
    "academia": ("Academia.edu", ""),
    "impactstory": ("Impactstory", "https://profiles.impactstory.org/u/{}"),
    "pubmed": ("PubMed", ""),
    "scopus": ("Scopus", "https://www.scopus.com/authid/detail.uri?authorId={}"),
    "ssrn": ("SSRN", ""),
    "zotero": ("Zotero", "https://www.zotero.org/{}"),
    "publons": ("Publons", "https://publons.com/a/{}"),
    "bitbucket": ("Bitbucket", "https://bitbucket.org/{}"),
    "codepen": ("CodePen", "https://codepen.io/{}"),
    "dribbble": ("Dribbble", "https://dribbble.com/{}"),
    "kaggle": ("Kaggle", "https://www.kaggle.com/{}"),
    "stackoverflow": ("Stack Overflow", "https://stackoverflow.com/users/{}"),
    "facebook": ("Facebook", "https://www.facebook.com/{}"),
    "flickr": ("Flickr", "https://www.flickr.com/people/{}"),
    "foursquare": ("Foursquare", "https://foursquare.com/{}"),
    "goodreads": ("Goodreads", "https://www.goodreads.com/{}"),
    "instagram": ("Instagram", "https://www.instagram.com/{}"),
    "keybase": ("Keybase", "https://keybase.io/{}"),
    "lastfm": ("Last.fm", "https://www.last.fm/user/{}"),
    "medium": ("Medium", "https://medium.com/@{}"),
    "pinterest": ("Pinterest", "https://www.pinterest.com/{}"),
    "soundcloud": ("SoundCloud", "https://soundcloud.com/{}"),
    "steam": ("Steam", "https://steamcommunity.com/id/{}"),
    "telegram": ("Telegram", "https://t.me/{}"),
    "tumblr": ("Tumblr", "https://{}.tumblr.com/"),
    "weibo": ("Weibo", "https://www.weibo.com/{}"),
    "xing": ("XING", "https://www.xing.com/profile/{}"),
    "zhihu": ("Zhihu", "https://www.zhihu.com/people/{}"),
}
IN_PARENTHESES = re.compile(r"^(?P<before>[^()（）]+?)\s*[(（](?P<inside>[^()（）]+)[)）]$")
# What an old page wrote against robots.
HIDDEN_AT = re.compile(r"\s*(?:\[|\(|\{)\s*(?:at|dot)\s*(?:\]|\)|\})\s*|\s+(?:AT|DOT)\s+", re.I)
EMAIL = re.compile(r"[\w.+%-]{1,64}@[\w-]+(?:\.[\w-]+)+")
LONGEST = {"name": 200, "headline": 200, "affiliation": 300, "location": 200, "pronouns": 50}


def read_profile(site: Jekyll) -> tuple[ProfileData, str]:
    """Return what the author block says, and as Markdown what of it no field holds."""
    config = site.config
    author = "author"
    name = site.text("author.name") or site.text("author") or site.text("name")
    name = name or (site.text("title") if is_full_name(site.text("title")) else "")
    name, native_name = names_in(said(name))
    values = {
        "name": name,
        "native_name": native_name,
        "pronouns": said(site.text(f"{author}.pronouns")),
        "headline": said(site.text(f"{author}.bio")),
        "affiliation": said(site.text(f"{author}.employer")),
        "location": said(site.text(f"{author}.location")),
    }
    rest = [text for key, text in values.items() if len(text) > LONGEST.get(key, 200)]
    values = {key: text for key, text in values.items() if len(text) <= LONGEST.get(key, 200)}
    profile = ProfileData(
        **values,
        email=read_email(site, site.text(f"{author}.email"), config.line(f"{author}.email")),
        photo=photo(site, config.text(f"{author}.avatar"), "_config.yml", f"{author}.avatar"),
        links=_links(site),
    )
    return profile, "\n\n".join(rest)


def said(text: str) -> str:
    """Return what a value shows: without tags, entities and the white space they stand for."""
    return " ".join(html.unescape(re.sub(r"<[^<>]*>", " ", text)).split())


def names_in(name: str) -> tuple[str, str]:
    """Return a name and the one in its own script: “Mingqing Xiao (肖明庆)”."""
    match = IN_PARENTHESES.match(name)
    if match and bool(CJK.search(match["before"])) != bool(CJK.search(match["inside"])):
        inside, before = match["inside"].strip(), match["before"].strip()
        return (before, inside) if CJK.search(inside) else (inside, before)
    return name, ""


def read_email(site: Jekyll, text: str, line: int, path: str = "_config.yml") -> str:
    """Return an e-mail address; what is none is left out with a word."""
    text = said(text).removeprefix("mailto:")
    found = EMAIL.fullmatch(text)
    if text and not found:
        plain = re.sub(r"\s*[\[({]\s*dot\s*[\])}]\s*", ".", text, flags=re.I)
        plain = re.sub(r"\s*[\[({]\s*at\s*[\])}]\s*", "@", plain, flags=re.I)
        found = EMAIL.fullmatch(plain)
    if text and not found:
        site.leave_out(path, f"“{text}” is no e-mail address; it was left out", line)
    return found[0] if found else ""


def photo(site: Jekyll, avatar: str, path: str, key: str = "", line: int = 0) -> str:
    """Return the name of the owner's photo as it is stored, "" if there is none."""
    if not avatar or avatar.rpartition("/")[2] in EXAMPLE_PHOTOS:
        return ""
    line = line or site.config.line(key)
    local = site.addresses.local(avatar)
    if local is None:
        message = f"the photo {avatar} is on another site: save it and add it to your profile"
        site.leave_out(path, message, line)
        return ""
    places = [local.file, f"/images{local.file}", f"/assets/img{local.file}"]
    for place in places:
        if file := site.addresses.file(place, PHOTOS):
            return file.name
        if why := site.files.why.get(place.lstrip("/")):
            site.problems.append(
                Problem(line, f"the photo {place} was not taken ({why})", "", path)
            )
            return ""
    site.problems.append(Problem(line, f"there is no photo {avatar} in the folder", path=path))
    return ""


def _links(site) -> tuple[ProfileLinkData, ...]:
    block = site.config.get("author")
    links = []
    for key in block if isinstance(block, Mapping) else ():
        path = f"author.{key}"
        value = site.config.text(path).strip()
        if key in ("name", "bio", "employer", "location", "email", "avatar", "pronouns"):
            continue
        if value and not is_of_nobody(value) and (link := link_of(str(key), value)):
            links.append(ProfileLinkData(link.kind, link.value, link.label, site.config.line(path)))
    return tuple(dict.fromkeys(links))


def link_of(key: str, value: str) -> ProfileLinkData | None:
    """Return the link that a key of the template makes of a value: an id, or an address."""
    is_address = re.match(r"https?://", value, re.I) is not None
    if not is_address and re.match(r"[\w-]+(?:\.[\w-]+)+/", value):
        value, is_address = f"https://{value}", True  # an address without its scheme
    if is_address and not urlsplit(value).path.strip("/") and key not in ("uri", "website"):
        return None  # the network itself, not a person there
    if key in KINDS:
        if KINDS[key] == "mastodon" and not is_address:
            value = _mastodon(value)
        elif not is_address:
            value = value.removeprefix("@").strip("/")
        return ProfileLinkData(KINDS[key], value)
    if key in OTHERS:
        label, pattern = OTHERS[key]
        if not is_address:
            value = pattern.format(value.removeprefix("@")) if pattern else ""
        return ProfileLinkData("other", value, label) if value else None
    return None


def _mastodon(value):
    """Return `@jane@mastodon.social` for what templates take: that, or `mastodon.social/@jane`."""
    host, at, user = value.partition("/@")
    return f"@{user}@{host}" if at else value
