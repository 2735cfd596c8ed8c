"""Two windows on one row: the second to save sees what the first did, and decides."""

from __future__ import annotations

import secrets

from django import forms
from django.core.exceptions import ValidationError

from .history import Album, Difference, fingerprint, is_registered

NEW = "new-"


class GuardedForm(forms.ModelForm):
    """A form that knows which state of its row it was opened on.

    `opened_state` is the fingerprint of that state; of a new row a random word, by which a form
    that is sent twice is known. After a refused save, `conflict` holds what differs in the
    fields, and `saved_rows` the parts of the row as they are now.
    """

    opened_state = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.conflict: list[Difference] = []
        self.saved_rows: list[Difference] = []
        is_known = self.instance.pk is not None and is_registered(type(self.instance))
        word = fingerprint(self.instance) if is_known else f"{NEW}{secrets.token_hex(12)}"
        self.initial["opened_state"] = word

    def clean(self):
        cleaned = super().clean()
        opened = self.cleaned_data.get("opened_state") or NEW
        now = self.initial["opened_state"] if self.instance.pk else opened
        if not opened.startswith(NEW) and opened != now:
            self._refuse(now)
        return cleaned

    @property
    def changed_data(self):
        return [name for name in super().changed_data if name != "opened_state"]

    def _refuse(self, now):
        self.conflict = [
            self._difference(name) for name in self.changed_data if not self[name].is_hidden
        ]
        self.saved_rows = [
            Difference(label, text, "") for label, text in Album().of_parts(self.instance).items()
        ]
        # Sent once more, the form may overwrite: now its sender knows.
        self.data = self.data.copy()
        self.data[self.add_prefix("opened_state")] = now
        self.add_error(
            None,
            ValidationError(
                "This was saved from another window while you had it open, so nothing of yours is "
                "saved yet.",
                code="conflict",
            ),
        )

    def _difference(self, name):
        field = self.fields[name]
        saved = self.get_initial_for_field(field, name)
        mine = self.cleaned_data.get(name, self[name].data)
        return Difference(str(self[name].label), _shown(field, saved), _shown(field, mine))


def _shown(field, value):
    """Return the value of a form field as people read it."""
    if value is None or value == "" or value is False:
        return ""
    if value is True:
        return "yes"
    if isinstance(field, forms.ModelMultipleChoiceField):
        keys = [getattr(item, "pk", item) for item in value]
        return ", ".join(sorted(map(str, field.queryset.filter(pk__in=keys))))
    if isinstance(field, forms.ModelChoiceField):
        row = value if hasattr(value, "pk") else field.queryset.filter(pk=value).first()
        return str(row or value)
    choices = dict(getattr(field, "choices", ()))
    return str(choices.get(value, value))
