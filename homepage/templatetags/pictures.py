"""Pictures in the sizes that a screen needs."""

from django import template

register = template.Library()


@register.inclusion_tag("_picture.html")
def picture(file, alt, sizes, **attributes):
    """Show an uploaded picture; `sizes` says how wide it stands, as in HTML.

    Nothing is shown where the file is missing or damaged.
    """
    shown = file.picture() if file else None
    return {
        "picture": shown,
        "square": shown and file.field.shape == "s",
        "alt": alt,
        "sizes": sizes,
        **attributes,
    }
