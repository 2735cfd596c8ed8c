"""Writes who the owner is, and where else they are found, as an old site says."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from homepage.common.merge import Merged, merge
from profiles.models import Profile, ProfileLink

from .academicpages.data import ProfileData, ProfileLinkData, Site

FIELDS = (
    "name",
    "native_name",
    "pronouns",
    "headline",
    "affiliation",
    "affiliation_url",
    "location",
    "email",
    "photo",
    "cv",
)


@dataclass(frozen=True)
class ProfilePlan:
    """What an import does with the profile: fields, links to add, and what is no link."""

    data: ProfileData = field(default_factory=ProfileData)
    merged: Merged = field(default_factory=Merged)
    links: tuple[ProfileLink, ...] = ()
    refused: tuple[tuple[ProfileLinkData, str], ...] = ()

    @property
    def changes_anything(self) -> bool:
        return bool(self.merged.taken or self.links)


def plan_profile(site: Site) -> ProfilePlan:
    """Return what becomes of the profile. Reads only."""
    profile = Profile.objects.prefetch_related("links").first()
    imported = profile.imported if profile else {}
    merged = merge(imported, _here(profile), _values(site.profile))
    known = {link.url for link in profile.links.all()} if profile else set()
    known |= set(imported.get("links", ()))
    links, refused = [], []
    for data in site.profile.links:
        link = ProfileLink(kind=data.kind, url=data.value, label=data.label)
        try:
            link.full_clean(exclude=["profile"])
        except ValidationError as error:
            refused.append((data, " ".join(error.messages)))
            continue
        if link.url not in known:
            known.add(link.url)
            links.append(link)
    return ProfilePlan(site.profile, merged, tuple(links), tuple(refused))


def write_profile(plan: ProfilePlan) -> list[Profile]:
    """Write what a plan says; return the profile if it was made.

    A site that names nobody has no profile yet.
    """
    profile = Profile.objects.first() or Profile()
    values = {name: value for name, value in _values(plan.data).items() if value}
    if not values and not plan.links and not profile.pk:
        return []
    before = (profile.pk, dict(profile.imported))
    for name, (_, new) in plan.merged.taken.items():
        if name == "photo":
            # The file is stored once the row is: its size is read then.
            profile.photo_width = profile.photo_height = None
        setattr(profile, name, new)
    said = profile.imported.get("links", [])
    links = list(dict.fromkeys([*said, *(link.url for link in plan.links)]))
    profile.imported = {**profile.imported, **values, **({"links": links} if links else {})}
    if plan.changes_anything or before != (profile.pk, profile.imported):
        profile.save()
    last = profile.links.order_by("-position").values_list("position", flat=True).first()
    for position, link in enumerate(plan.links, (last or 0) + 1):
        link.profile, link.position = profile, position
        link.save()
    return [profile] if before[0] is None else []


def _here(profile):
    if profile is None:
        return {}
    values = {name: getattr(profile, name) for name in FIELDS}
    return {**values, "photo": profile.photo.name or "", "cv": profile.cv.name or ""}


def _values(data):
    return {name: getattr(data, name) for name in FIELDS}
