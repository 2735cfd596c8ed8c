"""Asks the servers behind the links, several at once, but each one thing at a time.

A link is broken only if that is certain: the page is gone, or there is no such server. Many
publishers turn away all visitors that are no browser; those links stay unsure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from itertools import groupby
from threading import Event
from urllib.parse import urlsplit

from homepage.common.http import (
    BadAnswer,
    Client,
    NotAllowed,
    RequestFailed,
    Unreachable,
)

from .findings import BROKEN, GOOD, UNSURE, Finding

AT_ONCE = 8
GONE = frozenset({404, 410})
# They only pass on: to know the identifier is to redirect. Where to is the publisher's affair.
RESOLVERS = frozenset({"doi.org", "dx.doi.org", "hdl.handle.net"})


def check(urls: Iterable[str], client: Client, stopping: Event) -> Iterator[Finding]:
    """Yield a finding for each address, as they come; stop early once `stopping` is set.

    The addresses of one host are asked one after the other, in one thread.
    """
    by_host = [list(group) for _, group in groupby(sorted(urls, key=_host), key=_host)]
    # The longest first, for they decide how long it takes.
    by_host.sort(key=len, reverse=True)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        waiting = {pool.submit(_find, group[0], client, stopping): group[1:] for group in by_host}
        try:
            while waiting:
                done, _ = wait(waiting, return_when=FIRST_COMPLETED)
                for future in done:
                    if rest := waiting.pop(future):
                        waiting[pool.submit(_find, rest[0], client, stopping)] = rest[1:]
                    if (finding := future.result()) is not None:
                        yield finding
        finally:
            stopping.set()


def _find(url: str, client: Client, stopping: Event) -> Finding | None:
    if stopping.is_set():
        return None
    try:
        answer = client.status(url, follow=_host(url) not in RESOLVERS)
    except NotAllowed as error:
        return Finding(url, BROKEN, f"Visitors cannot go there: {error}")
    except Unreachable as error:
        return Finding(url, BROKEN, str(error), is_unreachable=True)
    except BadAnswer as error:
        return Finding(url, BROKEN, str(error))
    except RequestFailed as error:
        return Finding(url, UNSURE, str(error))
    return _judged(url, answer.status)


def _judged(url, status):
    if status < 400:
        return Finding(url, GOOD)
    if status in GONE:
        return Finding(url, BROKEN, f"There is no such page (HTTP {status}).")
    if status >= 500:
        return Finding(url, UNSURE, f"The server has a fault (HTTP {status}).")
    return Finding(url, UNSURE, f"The server turns programs away (HTTP {status}).")


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
