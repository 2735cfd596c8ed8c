"""Forms of the admin, as a browser sends them."""

from bs4 import BeautifulSoup


def form_values(response):
    """Return what a browser would send of the form."""
    form = BeautifulSoup(response.content, "html.parser").select_one("#content-main form")
    values = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        if field.name == "select":
            chosen = [option["value"] for option in field.select("option[selected]")]
            if not chosen and not field.has_attr("multiple"):
                chosen = [field.option["value"]] if field.option else []
            values[field["name"]] = chosen if field.has_attr("multiple") else "".join(chosen[:1])
        elif field.get("type") in ("checkbox", "radio"):
            if field.has_attr("checked"):
                values[field["name"]] = field.get("value", "on")
        elif field.get("type") not in ("submit", "file"):
            values[field["name"]] = (
                field.text[1:] if field.name == "textarea" else field.get("value", "")
            )
    return values
