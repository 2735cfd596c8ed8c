"""Data for machines within a page, which no browser runs: JSON-LD.

A `script` element ends at the first `</script>` in it and knows no entities, so what could end
it or open a comment is escaped as JSON itself can. Nothing else here marks text as safe HTML.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe

# The line separators end a line in scripts of old browsers.
ESCAPES = {sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def data_block(data: Mapping[str, Any]) -> SafeString:
    """Return the element that holds `data` as JSON-LD."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign, escape in ESCAPES.items():
        text = text.replace(sign, escape)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 escaped
