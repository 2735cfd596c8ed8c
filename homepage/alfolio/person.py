"""Who the owner is: from `_config.yml` and the header of the home page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, replace

from homepage.academicpages.addresses import rewritten
from homepage.academicpages.data import ProfileData
from homepage.academicpages.files import CVS
from homepage.academicpages.jekyll import Jekyll, SourceFile
from homepage.academicpages.leftovers import is_of_nobody
from homepage.academicpages.people import LONGEST, names_in, photo, read_email, said
from publications.names import is_full_name

from .socials import SOCIALS, read_links

WHOLE_LINK = re.compile(
    r"\s*<a\b[^<>]*href\s*=\s*[\"']?(?P<url>https?://[^\s\"'<>]+)[\"']?[^<>]*>(?P<text>[^<>]+)</a>\s*\.?\s*"
    r"|\s*\[(?P<label>[^\[\]]+)\]\((?P<target>https?://[^\s()]+)\)\s*",
    re.I,
)
LINK = re.compile(r"<a\b[^<>]*href\s*=\s*[\"']?(?!#)[^\s\"'<>]|\]\([^\s)]", re.I)
NO_TITLE = frozenset(["blank", "home", "homepage", "home page", "website", "academic"])
# Lines below the photo that are no place, and signs before those that are.
CONTACT = re.compile(r"@|\b(?:e-?mail|phone|tel)\b\s*[.:]|✉|📧|☎|📞", re.I)
SIGN = re.compile(r"^[^\w\s\"'(+#]+\s*")
LINE = re.compile(r"</?(?:p|br|div|li)\b[^<>]*>", re.I)


def read_profile(site: Jekyll, home: SourceFile | None) -> tuple[ProfileData, str]:
    """Return what the settings and the home page say, and in Markdown what no field holds."""
    names = [said(site.text(key)) for key in ("first_name", "middle_name", "last_name")]
    name, native_name = names_in(_name(site, home, " ".join(filter(None, names))))
    email, line, path = site.config.text("email"), site.config.line("email"), "_config.yml"
    if not email:
        socials = site.yaml(SOCIALS)
        email, line, path = socials.text("email"), socials.line("email"), SOCIALS
    profile = ProfileData(
        name=name,
        native_name=native_name,
        email=read_email(site, "" if is_of_nobody(email) else email, line, path),
        cv=_cv(site),
        links=read_links(site),
    )
    return _with_header(site, home, profile) if home else (profile, "")


def filled(profile: ProfileData, other: ProfileData) -> ProfileData:
    """Return a profile with what only another one of the same person says."""
    values = {
        one.name: getattr(profile, one.name) or getattr(other, one.name) for one in fields(profile)
    }
    kinds = {link.kind for link in profile.links if link.kind != "other"}
    more = [link for link in other.links if link.kind not in kinds]
    return ProfileData(**values | {"links": (*profile.links, *more)})


def _name(site, home, name):
    """Return the owner's name: of the settings, else of the site's or the home page's title."""
    if name and not is_of_nobody(name):
        return name
    titles = [site.text(key) for key in ("name", "author.name", "author", "title")]
    titles += [home.title] if home else []
    titles = [said(title) for title in titles]
    whole = next((title for title in titles if is_full_name(title)), "")
    # The site of a group has its name for a title; “blank” is the template's word for none.
    return whole or next((one for one in titles[:-1] if one and one.lower() not in NO_TITLE), "")


def _with_header(site, home, profile):
    """Add what stands in the header of the home page: subtitle, photo, address."""
    rest = []
    subtitle = home.header.first("subtitle") or home.header.first("description")
    if subtitle and not is_of_nobody(subtitle):
        whole = WHOLE_LINK.fullmatch(subtitle)
        text = said(subtitle)
        if whole and len(text) <= LONGEST["affiliation"]:
            url = whole["url"] or whole["target"]
            name = said(whole["text"] or whole["label"])
            profile = replace(profile, affiliation=name, affiliation_url=url)
        elif LINK.search(subtitle) or len(text) > LONGEST["headline"]:
            rest.append(_with_new_addresses(site, home, subtitle))
        else:
            profile = replace(profile, headline=text)
    block = home.header.values.get("profile")
    block = block if isinstance(block, Mapping) else {}
    line = home.header.lines.get("profile", 1)
    if isinstance(image := block.get("image"), str) and not image.startswith("<"):
        name = photo(site, image.strip(), home.path, line=line)
        profile = replace(profile, photo=name)
    for key in ("address", "more_info"):
        text = block.get(key)
        if not isinstance(text, str) or is_of_nobody(said(text)) or not said(text):
            continue
        lines = [part.strip() for part in LINE.split(text)]
        linked = [part for part in lines if LINK.search(part) or CONTACT.search(said(part))]
        linked = [part for part in linked if not is_of_nobody(SIGN.sub("", said(part)))]
        said_ = [SIGN.sub("", said(part)) for part in lines if not CONTACT.search(said(part))]
        said_ = [part for part in said_ if part not in map(said, linked)]
        place = ", ".join(part for part in said_ if part and not is_of_nobody(part))
        if len(place) > LONGEST["location"]:
            linked, place = lines, ""
        if linked:
            rest.append(_with_new_addresses(site, home, "<br>".join(linked)))
        profile = replace(profile, location=profile.location or place)
    return profile, "\n\n".join(rest)


def _with_new_addresses(site, home, source):
    source = re.sub(r"</(\w+)\s[^<>]*>", r"</\1>", source)
    source = rewritten(source.strip(), lambda address, line: site.address(address, 0, home))
    return re.sub(r"\n\s*", "\n", source)


def _cv(site) -> str:
    """Return the name of the CV as it is stored: its page or the links name it."""
    named = [page.header.first("cv_pdf") for page in site.pages]
    named.append(site.yaml(SOCIALS).text("cv_pdf"))
    for path in filter(None, named):
        for place in (f"/assets/pdf/{path}", path):
            local = site.addresses.local(place)
            file = local and site.addresses.file(local.file, CVS)
            if file and not file.path.endswith("example_pdf.pdf"):
                return file.name
    return ""
