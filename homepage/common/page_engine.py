"""The engine of public pages: Django's own backend for Jinja2, given context as Django's is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.template.backends.jinja2 import Jinja2, Template
from django.utils.safestring import SafeString, mark_safe


class Pages(Jinja2):
    def __init__(self, params):
        super().__init__(params)
        self.known: dict[str, Page] = {}

    def get_template(self, template_name):
        """Return a template, the one that is known unless templates change while the site runs."""
        if template_name not in self.known or self.env.auto_reload:
            found = super().get_template(template_name)
            self.known[template_name] = Page(found.template, self)
        return self.known[template_name]


class Page(Template):
    def render(
        self, context: Mapping[str, Any] | None = None, request: HttpRequest | None = None
    ) -> SafeString:
        text = self.template.render(self.known(context, request))
        return mark_safe(text)  # noqa: S308 all that it is given is escaped

    def known(
        self, context: Mapping[str, Any] | None, request: HttpRequest | None
    ) -> dict[str, Any]:
        """Return all that the template may show; what the view says wins."""
        found: dict[str, Any] = {}
        if request is not None:
            for processor in self.backend.template_context_processors:
                found |= processor(request)
            found["request"] = request
        return found | dict(context or {})
