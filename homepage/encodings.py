"""Which compression an answer gets, and the compressing."""

from __future__ import annotations

import functools
import gzip

import brotli

# What a visitor waits for is made at middle levels: the last tenth would take ten times as long.
COMPRESSORS = {
    "br": lambda body: brotli.compress(body, quality=5),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
}
COMPRESSIBLE = ("text/", "application/json", "application/xml", "image/svg+xml")
# Below this a packet is saved by nothing.
WORTH_IT = 500


@functools.lru_cache(maxsize=256)
def accepted(header: str) -> tuple[str, ...]:
    """Return the encodings that an Accept-Encoding header allows, the best first.

    See RFC 9110, 12.5.3. A refusal (`q=0`) counts, a preference, which no browser has, does not.
    """
    weights = {}
    for item in header.lower().split(","):
        name, _, parameter = item.partition(";")
        weights[name.strip()] = _weight(parameter)
    default = weights.get("*", 0)
    return tuple(name for name in COMPRESSORS if weights.get(name, default) > 0)


def compress(body: bytes, encoding: str) -> bytes:
    return COMPRESSORS[encoding](body)


def is_compressible(content_type: str, body: bytes) -> bool:
    name = content_type.partition(";")[0].strip().lower()
    is_text = name.startswith(COMPRESSIBLE) or name.endswith(("+json", "+xml"))
    return is_text and len(body) >= WORTH_IT


def _weight(parameter):
    name, _, value = parameter.partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
