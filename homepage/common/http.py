"""The guarded client: the one way in which the site's commands ask other servers.

It asks public servers only (`destinations`), connects to the address that was checked, checks
each redirect in the same way, and spends on an answer neither more time nor more memory than it
was given, however slowly or much a server sends. It keeps no cookies, uses no proxy, says who
asks, asks one server one thing at a time with a pause in between, and waits when a server says
so. No view may import it: nothing leaves the web process.
"""

from __future__ import annotations

import http.client
import re
import ssl
import threading
import time
import zlib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from email.message import Message
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

from . import destinations
from .connection import Deadline, open_connection
from .destinations import Destination, Lookup, Refused

TIME_LIMIT = 10.0  # seconds for one answer, redirects included, pauses not
SIZE_LIMIT = 2_000_000  # bytes, also of what was compressed
MOST_REDIRECTS = 5
PAUSE = 1.0  # seconds between the end of a request and the next to the same host
MOST_RETRIES = 2
LONGEST_WAIT = 60.0  # seconds that Retry-After may ask for
REDIRECTS = frozenset({301, 302, 303, 307, 308})
# "Try again later": too many requests, or something behind the server is down.
BUSY = frozenset({429, 502, 503, 504})


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


@dataclass
class _Turn:
    """Whose turn it is at one host, and when the last request there ended."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    ended: float | None = None


class Client:
    """Asks with GET, politely. `contact` is an address or e-mail by which its owner is found.

    Only https is spoken unless `schemes` says otherwise. `allowed` names hosts and ports that
    may be asked though they are not public: for the servers of tests, and set by no setting.
    """

    def __init__(
        self,
        contact: str = "",
        *,
        schemes: Sequence[str] = ("https",),
        allowed: Sequence[tuple[str, int]] = (),
        time_limit: float = TIME_LIMIT,
        size_limit: int = SIZE_LIMIT,
        pause: float = PAUSE,
        lookup: Lookup | None = None,
        context: ssl.SSLContext | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ):
        contact = " ".join(re.sub(r"[^!-'*-~]", " ", contact).split())
        self.user_agent = f"Homepage ({contact})" if contact else "Homepage"
        self.schemes = tuple(schemes)
        self.allowed = tuple(allowed)
        self.time_limit = time_limit
        self.size_limit = size_limit
        self.pause = pause
        self.lookup = lookup
        self.context = context or ssl.create_default_context()
        self.sleep = sleep
        self._turns: dict[str, _Turn] = defaultdict(_Turn)

    def get(self, url: str, *, accept: str = "*/*", pause: float | None = None) -> Answer:
        """Return the answer of a server, whatever its status; raises RequestFailed.

        `pause` is what this service asks for between two requests, if it is more than usual.
        A busy server is asked again, at most twice, after the time it names.
        """
        headers = {"Accept": accept}
        for attempt in range(MOST_RETRIES + 1):
            answer = self._follow(url, headers, max(pause or 0.0, self.pause))
            if answer.status not in BUSY:
                return answer
            if attempt < MOST_RETRIES:
                self.sleep(_wait(answer, attempt))
        raise Busy(
            f"{urlsplit(answer.url).hostname} is busy (HTTP {answer.status}): try again later."
        )

    def _follow(self, url, headers, pause):
        deadline = Deadline(self.time_limit)
        seen = []
        while True:
            seen.append(url)
            answer = self._ask(url, headers, pause, deadline)
            location = answer.headers.get("Location", "").strip()
            if answer.status not in REDIRECTS or not location:
                return answer
            if len(seen) > MOST_REDIRECTS:
                raise BadAnswer(f"{seen[0]} redirects more than {MOST_REDIRECTS} times.")
            url = urljoin(url, _as_address(location))
            if url in seen:
                raise BadAnswer(f"{seen[0]} redirects in a circle.")

    def _ask(self, url, headers, pause, deadline):
        """Return the answer to one request, no redirect followed."""
        try:
            destination = destinations.read(url, self.allowed)
        except Refused as error:
            raise NotAllowed(str(error)) from error
        if destination.scheme not in self.schemes:
            raise NotAllowed(f"{destination.host} is to be asked without encryption: refused.")
        turn = self._turns[destination.host]
        with turn.lock:
            if turn.ended is not None and (rest := turn.ended + pause - time.monotonic()) > 0:
                self.sleep(rest)
                deadline.extend(rest)
            try:
                return self._exchange(destination, url, headers, deadline)
            finally:
                turn.ended = time.monotonic()

    def _exchange(self, destination: Destination, url, headers, deadline) -> Answer:
        host = destination.host
        try:
            addresses = destinations.resolve(
                destination, deadline.left(), self.allowed, self.lookup
            )
            return self._read(destination, addresses, url, headers, deadline)
        except Refused as error:
            raise NotAllowed(str(error)) from error
        except TimeoutError as error:
            raise TooSlow(f"{host} did not answer within {self.time_limit:g} seconds.") from error
        except ssl.SSLCertVerificationError as error:
            raise Unreachable(
                f"{host} does not prove who it is: {error.verify_message}."
            ) from error
        except OSError as error:
            reason = getattr(error, "reason", None) or error.strerror or str(error)
            raise Unreachable(f"{host} cannot be reached: {reason}.") from error
        except (http.client.HTTPException, ValueError, zlib.error) as error:
            raise BadAnswer(f"{host} sent an answer that is broken or cut off.") from error

    def _read(self, destination, addresses, url, headers, deadline):
        with open_connection(destination, addresses, self.context, deadline) as connection:
            connection.putrequest(
                "GET", destination.target, skip_host=True, skip_accept_encoding=True
            )
            for name, value in self._headers(destination, headers).items():
                connection.putheader(name, value)
            connection.endheaders()
            with connection.getresponse() as response:
                body = self._body(response, destination.host)
                return Answer(response.status, url, body, response.headers)

    def _headers(self, destination, headers) -> Mapping[str, str]:
        return {
            "Host": destination.host_header,
            "User-Agent": self.user_agent,
            "Accept-Encoding": "identity",
            "Connection": "close",
            **headers,
        }

    def _body(self, response, host):
        too_large = TooLarge(f"{host} sent more than {self.size_limit:,} bytes.")
        if (response.length or 0) > self.size_limit:
            raise too_large
        body = bytearray()
        while chunk := response.read(min(65536, self.size_limit + 1 - len(body))):
            body += chunk
            if len(body) > self.size_limit:
                raise too_large
        if response.length:
            raise http.client.IncompleteRead(bytes(body), response.length)
        encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
        if encoding in ("identity", ""):
            return bytes(body)
        if encoding not in ("gzip", "x-gzip", "deflate"):
            raise BadAnswer(f"{host} sent an answer compressed in a way that was not asked for.")
        inflated = _inflated(bytes(body), self.size_limit)
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


def _wait(answer: Answer, attempt: int) -> float:
    """Return how long to wait before asking again; raises Busy if that is too long."""
    value = answer.headers.get("Retry-After", "").strip()
    wait = _seconds(value) if value else None
    if wait is None:
        return 2.0 * 2**attempt
    if wait > LONGEST_WAIT:
        host = urlsplit(answer.url).hostname
        raise Busy(f"{host} asks to wait {_duration(wait)} (HTTP {answer.status}).")
    return wait


def _seconds(value: str) -> float | None:
    """Return the seconds of a Retry-After field (RFC 9110, 10.2.3); None if it says none."""
    if re.fullmatch(r"[0-9]{1,9}", value):
        return float(value)
    try:
        date = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, date.timestamp() - time.time())


def _duration(seconds):
    if seconds >= 7200:
        return f"{seconds / 3600:.0f} hours"
    return f"{seconds / 60:.0f} minutes" if seconds >= 120 else f"{seconds:.0f} seconds"


def _as_address(location: str) -> str:
    """Return a Location as UTF-8, which many servers send as it is; headers read as Latin-1."""
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location
