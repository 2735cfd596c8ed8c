"""What comes back from other servers: answers, and why there is none."""

from __future__ import annotations

import http.client
import re
import time
import zlib
from dataclasses import dataclass
from email.message import Message
from email.utils import parsedate_to_datetime


class RequestFailed(Exception):
    """No answer can be had; the message is one sentence. Its kinds say why."""


class NotAllowed(RequestFailed):
    """The address, or one it redirects to, is none that the site may ask."""


class Unreachable(RequestFailed):
    """There is no such server, or no trustworthy connection to it."""


class TooSlow(RequestFailed):
    """The answer was not there in time."""


class TooLarge(RequestFailed):
    """The answer is larger than any that is asked for."""


class BadAnswer(RequestFailed):
    """What came is no HTTP, was cut off, or goes round in circles."""


class Busy(RequestFailed):
    """The server asks to come back later than one is willing to wait."""


@dataclass(frozen=True)
class Answer:
    """A final answer, whatever its status; `url` is where it came from."""

    status: int
    url: str
    body: bytes
    headers: Message

    @property
    def content_type(self) -> str:
        """Return the media type in lower case, without parameters; "" if there is none."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()


def read_body(response: http.client.HTTPResponse, host: str, limit: int) -> bytes:
    """Return the body, inflated if need be, up to `limit` bytes; raises TooLarge."""
    too_large = TooLarge(f"{host} sent more than {limit:,} bytes.")
    if (response.length or 0) > limit:
        raise too_large
    body = bytearray()
    while chunk := response.read(min(65536, limit + 1 - len(body))):
        body += chunk
        if len(body) > limit:
            raise too_large
    if response.length:
        raise http.client.IncompleteRead(bytes(body), response.length)
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding in ("identity", ""):
        return bytes(body)
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise BadAnswer(f"{host} sent an answer compressed in a way that was not asked for.")
    inflated = _inflated(bytes(body), limit)
    if inflated is None:
        raise too_large
    return inflated


def _inflated(body: bytes, limit: int) -> bytes | None:
    """Return what a compressed body holds, None if that is more than `limit` bytes."""
    inflater = zlib.decompressobj(zlib.MAX_WBITS | 32)
    data = inflater.decompress(body, limit + 1)
    if len(data) > limit:
        return None
    if not inflater.eof:
        raise zlib.error("cut off")
    return data


def retry_after(value: str) -> float | None:
    """Return the seconds of a Retry-After field (RFC 9110, 10.2.3); None if it says none."""
    if re.fullmatch(r"[0-9]{1,9}", value):
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None


def duration(seconds: float) -> str:
    """Return a time as people say it."""
    if seconds >= 7200:
        return f"{seconds / 3600:.0f} hours"
    return f"{seconds / 60:.0f} minutes" if seconds >= 120 else f"{seconds:.0f} seconds"
