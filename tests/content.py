"""Everything that a site says, row by row: all models and all their columns, by introspection."""

from django.apps import apps
from django.db.models import ForeignKey

APPS = ("profiles", "publications", "homepage", "redirects")
# What is no content, and why; models that no page shows anything of say so themselves.
NO_CONTENT = {"publications.importrun": "a record of what was done here"}
NO_COLUMNS = {
    "id": "rows are compared in their order; what they name, by what it says",
    "version": "counts the edits of a row in this database",
    "run": "an import that was done in this database",
}


def content(**without):
    """Return {model: [{column: value}]}; `without` names columns of models to pass over."""
    found = {}
    for model in models():
        name = model._meta.label_lower
        skipped = {*NO_COLUMNS, *without.get(model._meta.model_name, ())}
        rows = model._base_manager.order_by("pk")
        found[name] = [_row(row, skipped) for row in rows]
    return found


def models():
    """Return all models with content, those behind relations to many too."""
    return [
        model
        for model in apps.get_models(include_auto_created=False)
        if model._meta.app_label in APPS
        and getattr(model, "affects_pages", True)
        and model._meta.label_lower not in NO_CONTENT
    ]


def forget():
    """Empty the site."""
    for model in reversed(models()):
        if model._meta.label_lower != "publications.author":
            model._base_manager.all().delete()
    for model in models():
        model._base_manager.all().delete()


def _row(row, skipped):
    values = {}
    for field in row._meta.concrete_fields:
        if field.name not in skipped:
            value = getattr(row, field.name)
            values[field.name] = _named(value) if isinstance(field, ForeignKey) else _said(value)
    for field in row._meta.many_to_many:
        if field.name not in skipped and field.remote_field.through._meta.auto_created:
            values[field.name] = sorted(map(_named, getattr(row, field.name).all()), key=str)
    return values


def _said(value):
    return value.name or "" if hasattr(value, "storage") else value


def _named(row):
    """Return what tells a row from all others, wherever it is stored."""
    if row is None:
        return None
    return getattr(row, "slug", "") or str(row)
