from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.timesince import timesince

from profiles.models import NewsItem, Profile

from .common.attention import Group, Line, counted, source
from .missing import missing_uploads
from .models import Backup, Export, LinkCheck, Section


@source
def drafts(request: HttpRequest) -> Iterator[Line]:
    """Yield the drafts that are no papers."""
    kinds = [
        (Section, "draft of a section", "drafts of sections"),
        (NewsItem, "draft of news", "drafts of news"),
    ]
    for model, one, many in kinds:
        opts = model._meta
        if not request.user.has_perm(f"{opts.app_label}.view_{opts.model_name}"):
            continue
        count = model.objects.filter(visibility=model.Visibility.DRAFT).count()
        if count:
            url = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
            yield Line(counted(count, one, many), f"{url}?visibility__exact=draft")


@source
def links(request: HttpRequest) -> Iterator[Line]:
    """Yield the links that the last check found broken."""
    if not request.user.has_perm("homepage.view_linkcheck"):
        return
    broken = LinkCheck.objects.filter(state=LinkCheck.State.BROKEN).count()
    if broken:
        url = reverse("admin:homepage_linkcheck_changelist")
        yield Line(counted(broken, "broken link"), f"{url}?state__exact=broken")


@source
def profile(request: HttpRequest) -> Iterator[Line]:
    """Ask for a profile, without which the page does not say whose it is."""
    if request.user.has_perm("profiles.add_profile") and not Profile.objects.exists():
        url = reverse("admin:profiles_profile_add")
        yield Line("The page does not say yet who you are", url, help="Write your profile.")


@source
def uploads(request: HttpRequest) -> Iterator[Line]:
    """Say which uploads are gone, to those who can bring them back."""
    if not request.user.has_perm("homepage.view_backup"):
        return
    missing = list(missing_uploads())
    if missing:
        some = ", ".join(missing[:3]) + (", …" if len(missing) > 3 else "")
        text = counted(len(missing), "upload is missing", "uploads are missing")
        yield Line(text, help=f"Upload them again, or restore a backup: {some}")


@source
def backups(request: HttpRequest) -> Iterator[Line]:
    """Ask those who look after the site for a backup, if the last one is no longer fresh."""
    if not request.user.has_perm("homepage.view_backup"):
        return
    last = Backup.objects.first()
    advice = "manage.py backup makes one; the README has it made every night."
    if last is None:
        yield Line("There is no backup yet", group=Group.UPKEEP, help=advice)
    elif not last.is_fresh:
        age = timesince(last.made, depth=1)
        yield Line(f"The last backup is {age} old", group=Group.UPKEEP, help=advice)


@source
def exports(request: HttpRequest) -> Iterator[Line]:
    """Say what is the matter with the last copy of the site, to those who look after it."""
    if not request.user.has_perm("homepage.view_export"):
        return
    last = Export.objects.first()
    if last and last.problem:
        text = f"The copy in {last.folder} could not be made"
        yield Line(text, group=Group.UPKEEP, help=last.problem)
    elif last and last.warnings:
        count = len(last.warnings)
        text = counted(count, "thing is missing in the copy", "things are missing in the copy")
        some = last.warnings[:3]
        yield Line(text, group=Group.UPKEEP, help=" ".join([*some, *["…"] * (count > 3)]))
