"""Pages of one template, of which all is rendered only once that they have in common.

Head, names, navigation and foot take as long to render as what stands between them, and are the
same on all pages that no navigation leads to.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.template import Context, Template
from django.template.context import make_context
from django.template.loader import get_template
from django.template.loader_tags import BlockNode, ExtendsNode
from django.template.response import TemplateResponse

# Blocks that differ from page to page.
OWN = ("title", "meta", "content")


@dataclass
class Frame:
    """What stands around the blocks of a page; `texts` are one more than `blocks`.

    `common` are other blocks, which the pages of this template have and others do not.
    """

    texts: list[str] = field(default_factory=list)
    blocks: list[BlockNode] = field(default_factory=list)
    common: str = ""

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
        """Return the frame of a page and what stands in its blocks.

        The page is of a template that extends another one and does nothing else. Those of one
        `variant` differ in their own blocks only.
        """
        request = response._request
        template = get_template(response.template_name[0]).template
        context = make_context(response.context_data, request, autoescape=True)
        with context.render_context.push_state(template), context.bind_template(template):
            key = template.name, request.path if self.is_apart(request.path) else "", variant
            if key not in self.kept:
                self.kept[key] = _frame(template, context)
            frame = self.kept[key]
            return frame, [block.render(context) for block in frame.blocks]


def _frame(template: Template, context: Context) -> Frame:
    extends = template.nodelist[0]
    if not isinstance(extends, ExtendsNode) or len(template.nodelist) != 1:
        raise TypeError(f"{template.name} does not extend another template")
    parent = extends.get_parent(context)
    frame, text = Frame(), []
    for node in parent.nodelist:
        if isinstance(node, BlockNode):
            node = extends.blocks.get(node.name, node)
        if isinstance(node, BlockNode) and node.name in OWN:
            frame.texts.append("".join(text))
            frame.blocks.append(node)
            text = []
        else:
            text.append(node.render_annotated(context))
            if isinstance(node, BlockNode):
                frame.common += text[-1]
    frame.texts.append("".join(text))
    return frame
