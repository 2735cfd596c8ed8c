"""Where else the owner is found: the keys of `_data/socials.yml`, once of `_config.yml`."""

from __future__ import annotations

import re

from homepage.academicpages.data import ProfileLinkData
from homepage.academicpages.jekyll import Jekyll
from homepage.academicpages.leftovers import is_of_nobody
from homepage.academicpages.people import link_of

SOCIALS = "_data/socials.yml"
# The template's keys: those of academicpages by another name, then what has no kind of its own.
SAME = {
    "bluesky_url": "bluesky",
    "dblp_url": "dblp",
    "facebook_id": "facebook",
    "flickr_id": "flickr",
    "github_username": "github",
    "gitlab_username": "gitlab",
    "inspirehep_id": "inspire",
    "instagram_id": "instagram",
    "kaggle_id": "kaggle",
    "keybase_username": "keybase",
    "lastfm_id": "lastfm",
    "linkedin_username": "linkedin",
    "mastodon_username": "mastodon",
    "medium_username": "medium",
    "openreview_id": "openreview",
    "orcid_id": "orcid",
    "pinterest_id": "pinterest",
    "publons_id": "publons",
    "research_gate_profile": "researchgate",
    "scholar_userid": "googlescholar",
    "scopus_id": "scopus",
    "semanticscholar_id": "semantic",
    "stackoverflow_id": "stackoverflow",
    "telegram_username": "telegram",
    "twitter_username": "x",
    "wikipedia_id": "wikipedia",
    "work_url": "website",
    "x_username": "x",
    "youtube_id": "youtube",
    "zotero_username": "zotero",
}
OTHERS = {
    "acm_id": ("ACM", "https://dl.acm.org/profile/{}"),
    "blogger_url": ("Blogger", "{}"),
    "discord_id": ("Discord", "https://discord.com/users/{}"),
    "hal_id": ("HAL", "https://cv.hal.science/{}"),
    "ieee_id": ("IEEE Xplore", "https://ieeexplore.ieee.org/author/{}"),
    "lattes_id": ("Lattes", "http://lattes.cnpq.br/{}"),
    "leetcode_id": ("LeetCode", "https://leetcode.com/u/{}"),
    "osf_id": ("OSF", "https://osf.io/{}"),
    "quora_username": ("Quora", "https://www.quora.com/profile/{}"),
    "spotify_id": ("Spotify", "https://open.spotify.com/user/{}"),
    "strava_userid": ("Strava", "https://www.strava.com/athletes/{}"),
    "unsplash_id": ("Unsplash", "https://unsplash.com/@{}"),
    "whatsapp_number": ("WhatsApp", "https://wa.me/{}"),
    "wikidata_id": ("Wikidata", "https://www.wikidata.org/wiki/{}"),
}


def read_links(site: Jekyll) -> tuple[ProfileLinkData, ...]:
    """Return the links of a profile in the order of the files."""
    links = []
    for data in (site.yaml(SOCIALS), site.config):
        for key in data.values:
            value = data.text(key) or data.text(f"{key}.url")
            if not value or is_of_nobody(value):
                continue
            label = data.text(f"{key}.title")
            if link := _link(str(key), value, label):
                links.append(ProfileLinkData(link.kind, link.value, link.label, data.line(key)))
    unique = {(link.kind, link.value): link for link in reversed(links)}
    return tuple(reversed(unique.values()))


def _link(key, value, label):
    if key in SAME:
        return link_of(SAME[key], value)
    if key in OTHERS:
        name, pattern = OTHERS[key]
        is_address = re.match(r"https?://", value) is not None
        return ProfileLinkData("other", value if is_address else pattern.format(value), name)
    if label and re.match(r"https?://", value):
        return ProfileLinkData("other", value, label)  # `custom_social`, under any name
    return None
