"""Pages of one template, of which all is rendered only once that they have in common.

Head, names, navigation and foot take as long to render as what stands between them, and are the
same on all pages that no navigation leads to.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.template.response import TemplateResponse

from homepage.common.pages import page

if TYPE_CHECKING:
    from jinja2 import Template
    from jinja2.runtime import Context

# Blocks that differ from page to page.
OWN = ("title", "meta", "content")
# Of the private use area, so that no page has it.
SLOT = "\ue000"


@dataclass(frozen=True)
class Frame:
    """What stands around the blocks of a page; `texts` are one more than there are of them.

    `common` are other blocks, which the pages of this template have and others do not.
    """

    texts: list[str]
    common: str

    def filled(self, slots: list[str]) -> str:
        parts = [self.texts[0]]
        for slot, text in zip(slots, self.texts[1:], strict=True):
            parts += (slot, text)
        return "".join(parts)


class Frames:
    """Frames by template; `is_apart` says of a path that its frame is not that of the others."""

    def __init__(self, is_apart: Callable[[str], bool]):
        self.is_apart = is_apart
        self.kept: dict[tuple[str, str, object], Frame] = {}

    def render(self, response: TemplateResponse, variant: object) -> tuple[Frame, list[str]]:
        """Return the frame of a page and what stands in its blocks, in the order of `OWN`.

        Its template extends another one and has all of these. Those of one `variant` differ in
        them only.
        """
        request = response._request
        template = page(response.template_name[0])
        context = template.template.new_context(template.known(response.context_data, request))
        path = request.path if self.is_apart(request.path) else ""
        key = template.template.name, path, variant
        if key not in self.kept:
            self.kept[key] = _frame(template.template, context)
        blocks = template.template.blocks
        return self.kept[key], ["".join(blocks[name](context)) for name in OWN]


def _frame(template: Template, context: Context) -> Frame:
    """Return what a template renders with a slot in place of each block that is a page's own."""
    whole = template.new_context(context.get_all())
    for name in OWN:
        whole.blocks[name] = [lambda context: iter([SLOT])]
    text = "".join(template.root_render_func(whole))
    others = (blocks[0] for name, blocks in whole.blocks.items() if name not in OWN)
    return Frame(text.split(SLOT), "".join("".join(block(whole)) for block in others))
