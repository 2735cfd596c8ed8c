"""The person in the words of schema.org, for search engines.

A `ProfilePage`, as Google reads it:
https://developers.google.com/search/docs/appearance/structured-data/profile-page
"""

from __future__ import annotations

from typing import Any

from .models import Profile
from .networks import Network


def profile_page(
    profile: Profile, *, address: str, image: str = "", modified: str = ""
) -> dict[str, Any]:
    """Return the home page as JSON-LD, without what is unknown; the addresses are whole."""
    links = list(profile.links.all())
    person = {
        "@type": "Person",
        "@id": f"{address}#person",
        "name": profile.name,
        "alternateName": profile.native_name,
        "description": profile.summary,
        "jobTitle": profile.headline,
        "affiliation": _affiliation(profile),
        "url": address,
        "image": image,
        "identifier": next((link.url for link in links if link.kind == Network.ORCID), ""),
        "sameAs": [link.url for link in links],
    }
    return {
        "@context": "https://schema.org",
        "@type": "ProfilePage",
        "url": address,
        **({"dateModified": modified} if modified else {}),
        "mainEntity": {name: value for name, value in person.items() if value},
    }


def _affiliation(profile):
    if not profile.affiliation:
        return {}
    url = {"url": profile.affiliation_url} if profile.affiliation_url else {}
    return {"@type": "Organization", "name": profile.affiliation, **url}
