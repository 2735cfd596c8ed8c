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
from urllib.parse import urljoin, urlsplit

from . import destinations
from .answers import (
    Answer,
    BadAnswer,
    Busy,
    NotAllowed,
    RequestFailed,
    TooLarge,
    TooSlow,
    Unreachable,
    duration,
    read_body,
    retry_after,
)
from .connection import Deadline, open_connection
from .destinations import Destination, Lookup, Refused

__all__ = [
    "Answer",
    "BadAnswer",
    "Busy",
    "Client",
    "NotAllowed",
    "RequestFailed",
    "TooLarge",
    "TooSlow",
    "Unreachable",
]

TIME_LIMIT = 10.0  # seconds for one answer, redirects included, pauses not
SIZE_LIMIT = 2_000_000  # bytes, also of what was compressed
MOST_REDIRECTS = 5
PAUSE = 1.0  # seconds between the end of a request and the next to the same host
MOST_RETRIES = 2
LONGEST_WAIT = 60.0  # seconds that Retry-After may ask for
REDIRECTS = frozenset({301, 302, 303, 307, 308})
# "Try again later": too many requests, or something behind the server is down.
BUSY = frozenset({429, 502, 503, 504})


@dataclass
class _Turn:
    """Whose turn it is at one host, and when the last request there ended."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    ended: float | None = None


@dataclass
class _Request:
    """How to ask: once, redirects included, under one deadline."""

    accept: str
    pause: float
    time_limit: float
    size_limit: int  # 0: the body is not read
    method: str = "GET"
    follows: bool = True

    def __post_init__(self):
        self.deadline = Deadline(self.time_limit)


class Client:
    """Asks with GET or HEAD, politely. `contact` says how to find who asks: address or e-mail.

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
        self._lock = threading.Lock()

    def get(
        self,
        url: str,
        *,
        accept: str = "*/*",
        pause: float = 0.0,
        time_limit: float = 0.0,
        size_limit: int = 0,
    ) -> Answer:
        """Return the answer of a server, whatever its status; raises RequestFailed.

        `pause` and the limits are for a service that asks for longer ones than usual, or needs
        them. A busy server is asked again, at most twice, after the time it names.
        """
        return self._patiently(
            url,
            accept=accept,
            pause=max(pause, self.pause),
            time_limit=time_limit or self.time_limit,
            size_limit=size_limit or self.size_limit,
        )

    def status(self, url: str, *, follow: bool = True) -> Answer:
        """Return the answer of a server without its body; raises RequestFailed.

        Many servers give HEAD a wrong answer or none: an error is believed from GET only.
        Without `follow` a redirect is the answer.
        """
        limits = {"accept": "*/*", "pause": self.pause, "time_limit": self.time_limit}
        limits |= {"size_limit": 0, "follows": follow}
        try:
            answer = self._patiently(url, method="HEAD", **limits)
        except (BadAnswer, TooSlow):
            answer = None
        if answer is not None and answer.status < 400:
            return answer
        return self._patiently(url, **limits)

    def _patiently(self, url, **request):
        for attempt in range(MOST_RETRIES + 1):
            answer = self._follow(url, _Request(**request))
            if answer.status not in BUSY:
                return answer
            if attempt < MOST_RETRIES:
                self.sleep(_wait(answer, attempt))
        raise Busy(
            f"{urlsplit(answer.url).hostname} is busy (HTTP {answer.status}): try again later."
        )

    def _follow(self, url, request):
        seen = []
        while True:
            seen.append(url)
            answer = self._ask(url, request)
            location = answer.headers.get("Location", "").strip()
            if answer.status not in REDIRECTS or not location or not request.follows:
                return answer
            if len(seen) > MOST_REDIRECTS:
                raise BadAnswer(f"{seen[0]} redirects more than {MOST_REDIRECTS} times.")
            url = urljoin(url, _as_address(location))
            if url in seen:
                raise BadAnswer(f"{seen[0]} redirects in a circle.")

    def _ask(self, url, request):
        """Return the answer to one request, no redirect followed."""
        try:
            destination = destinations.read(url, self.allowed)
        except Refused as error:
            raise NotAllowed(str(error)) from error
        if destination.scheme not in self.schemes:
            raise NotAllowed(f"{destination.host} is to be asked without encryption: refused.")
        with self._lock:
            turn = self._turns[destination.host]
        with turn.lock:
            rest = turn.ended + request.pause - time.monotonic() if turn.ended is not None else 0
            if rest > 0:
                self.sleep(rest)
                request.deadline.extend(rest)
            try:
                return self._exchange(destination, url, request)
            finally:
                turn.ended = time.monotonic()

    def _exchange(self, destination: Destination, url, request) -> Answer:
        host = destination.host
        try:
            addresses = destinations.resolve(
                destination, request.deadline.left(), self.allowed, self.lookup
            )
            return self._read(destination, addresses, url, request)
        except Refused as error:
            raise NotAllowed(str(error)) from error
        except TimeoutError as error:
            limit = request.time_limit
            raise TooSlow(f"{host} did not answer within {limit:g} seconds.") from error
        except ssl.SSLCertVerificationError as error:
            raise Unreachable(
                f"{host} does not prove who it is: {error.verify_message}."
            ) from error
        except OSError as error:
            reason = getattr(error, "reason", None) or error.strerror or str(error)
            raise Unreachable(f"{host} cannot be reached: {reason}.") from error
        except (http.client.HTTPException, ValueError, zlib.error) as error:
            raise BadAnswer(f"{host} sent an answer that is broken or cut off.") from error

    def _read(self, destination, addresses, url, request):
        with open_connection(destination, addresses, self.context, request.deadline) as connection:
            connection.putrequest(
                request.method, destination.target, skip_host=True, skip_accept_encoding=True
            )
            for name, value in self._headers(destination, request).items():
                connection.putheader(name, value)
            connection.endheaders()
            with connection.getresponse() as response:
                limit = request.size_limit
                body = read_body(response, destination.host, limit) if limit else b""
                return Answer(response.status, url, body, response.headers)

    def _headers(self, destination, request) -> Mapping[str, str]:
        return {
            "Host": destination.host_header,
            "User-Agent": self.user_agent,
            "Accept-Encoding": "identity",
            "Connection": "close",
            "Accept": request.accept,
        }


def _wait(answer: Answer, attempt: int) -> float:
    """Return how long to wait before asking again; raises Busy if that is too long."""
    value = answer.headers.get("Retry-After", "").strip()
    wait = retry_after(value) if value else None
    if wait is None:
        return 2.0 * 2**attempt
    if wait > LONGEST_WAIT:
        host = urlsplit(answer.url).hostname
        raise Busy(f"{host} asks to wait {duration(wait)} (HTTP {answer.status}).")
    return wait


def _as_address(location: str) -> str:
    """Return a Location as UTF-8, which many servers send as it is; headers read as Latin-1."""
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location
