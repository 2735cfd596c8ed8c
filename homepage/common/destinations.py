"""Which addresses on the network the site's own requests may go to.

An address is read once, its name is looked up once, and what was found is checked; the caller
connects to exactly what `resolve` returned, so that a second answer of the name server changes
nothing (DNS rebinding).
"""

from __future__ import annotations

import queue
import re
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, quote, urlsplit

PORTS = {"http": 80, "https": 443}
LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
# The last label of a name is never a number; `127.1`, `0x7f000001` and `2130706433` are other
# ways to write 127.0.0.1 (https://url.spec.whatwg.org/#ends-in-a-number-checker).
NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
LOCAL_NAMES = ("localhost", "local", "internal", "lan", "home.arpa")

# https://www.iana.org/assignments/iana-ipv4-special-registry, and multicast. Written out: what
# `is_global` says differs from one Python to the next.
NOT_PUBLIC = [
    IPv4Network(network)
    for network in (
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 "
        "192.0.0.0/24 192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 "
        "192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 "
        "224.0.0.0/4 240.0.0.0/4"
    ).split()
]
# Of IPv6 only this block is handed out, and in it these parts are not: assignments for
# protocols (with Teredo), documentation, and 6to4, which hides an IPv4 address.
HANDED_OUT = IPv6Network("2000::/3")
NOT_HANDED_OUT = [
    IPv6Network(network) for network in "2001::/23 2001:db8::/32 2002::/16 3fff::/20".split()
]
# RFC 6052: networks without IPv4 reach it under these addresses.
NAT64 = IPv6Network("64:ff9b::/96")

Lookup = Callable[[str, int], Sequence[str]]


class Refused(ValueError):
    """The site's own requests do not go to this address; the message is a sentence."""


@dataclass(frozen=True)
class Destination:
    """Where an address leads: `host` in ASCII, as it is looked up and named to the server."""

    scheme: str
    host: str
    port: int
    target: str  # path and query, percent-encoded

    @property
    def host_header(self) -> str:
        """Return the host as the Host field names it (RFC 9110, 7.2)."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def read(url: str, allowed: Sequence[tuple[str, int]] = ()) -> Destination:
    """Return where an absolute address leads; raises Refused if no request may go there.

    `allowed` are the hosts and ports (servers of tests) for which only the form is checked.
    """
    if re.search(r"[\x00-\x20\x7f\\]", url):
        raise Refused(f"{url!r} holds white space or a backslash: no request goes there.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Refused(f"{url!r} is no web address.") from error
    if parts.scheme not in PORTS or not parts.hostname:
        raise Refused(f"{url!r} is no web address: it must begin with http:// or https://.")
    if "@" in parts.netloc:
        raise Refused(f"The address at {parts.hostname} holds a name or password: leave it out.")
    host = ascii_host(parts.hostname)
    port = PORTS[parts.scheme] if port is None else port
    if (host, port) not in allowed:
        if port != PORTS[parts.scheme]:
            raise Refused(f"{host} is asked at port {port}: only the usual ports are allowed.")
        _check_name(host)
    return Destination(parts.scheme, host, port, _target(parts))


def ascii_host(host: str) -> str:
    """Return a host name in lower-case ASCII (IDNA), without the dot of the root at its end."""
    if ":" in host:
        return host.lower()
    try:
        name = host.encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError as error:
        raise Refused(f"{host!r} is no host name.") from error
    if not all(map(LABEL.fullmatch, name.split("."))):
        raise Refused(f"{host!r} is no host name.")
    return name


def resolve(
    destination: Destination,
    timeout: float,
    allowed: Sequence[tuple[str, int]] = (),
    lookup: Lookup | None = None,
) -> list[str]:
    """Return the addresses of a destination, each of them public; asks for the name once.

    Raises Refused if any is not public, OSError if there is none, TimeoutError.
    """
    host, port = destination.host, destination.port
    addresses = _in_time(lookup or look_up, host, port, timeout)
    if not addresses:
        raise OSError("no address")
    if (host, port) not in allowed:
        for address in addresses:
            if not is_public(address):
                raise Refused(f"{host} leads to {address}, which is no public address.")
    return list(addresses)


def look_up(host: str, port: int) -> list[str]:
    """Return the addresses of a name in the order in which the system would try them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(item[4][0]) for item in found))


def is_public(address: str) -> bool:
    """Return whether an IP address is one that anybody on the internet can reach."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        inner = _inner(ip)
        if inner is None:
            # One with a zone (fe80::1%eth0) is of this link, whatever it looks like.
            return (
                ip.scope_id is None
                and ip in HANDED_OUT
                and not any(ip in network for network in NOT_HANDED_OUT)
            )
        ip = inner
    return not any(ip in network for network in NOT_PUBLIC)


def _inner(ip: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that a mapped or NAT64 address stands for."""
    return IPv4Address(int(ip) & 0xFFFFFFFF) if ip in NAT64 else ip.ipv4_mapped


def _check_name(host):
    """Raise Refused for a host that is no public name or address, before it is looked up."""
    if ":" in host or NUMBER.fullmatch(host.rpartition(".")[2]):
        if not is_public(host):
            raise Refused(f"{host} is no public address.")
    elif "." not in host or host.endswith(tuple(f".{name}" for name in LOCAL_NAMES)):
        raise Refused(f"{host} is a name of the local network, not of a public server.")


def _target(parts: SplitResult) -> str:
    """Return path and query as they go over the wire; what is encoded stays as it is."""
    path = quote(parts.path or "/", safe="/%:;,()~!*'&=+$@-._")
    return f"{path}?{quote(parts.query, safe='/%:;,()~!*&=+$@?-._')}" if parts.query else path


def _in_time(lookup, host, port, timeout):
    """Return what `lookup` finds; its own patience may be longer than ours (TimeoutError)."""
    answers: queue.SimpleQueue = queue.SimpleQueue()

    def ask():
        try:
            answers.put((lookup(host, port), None))
        except (OSError, UnicodeError) as error:
            answers.put(((), error))

    threading.Thread(target=ask, daemon=True).start()
    try:
        found, error = answers.get(timeout=max(timeout, 0.001))
    except queue.Empty:
        raise TimeoutError from None
    if error is not None:
        raise OSError("the name is not known") from error
    return found
