"""What a page says to machines."""

from django import template
from django.urls import reverse

from homepage.common.data_blocks import data_block
from homepage.common.site import absolute
from profiles.linked_data import profile_page

register = template.Library()

register.simple_tag(data_block, name="json_ld")


@register.simple_tag(takes_context=True)
def whole(context, path):
    """Return the whole address of a path of this site."""
    return absolute(path, context["request"])


@register.simple_tag(takes_context=True)
def profile_json_ld(context):
    """Say who the person is, if there is one."""
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
