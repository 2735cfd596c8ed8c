"""A connection to an address that was checked before, under one deadline for all it does.

`http.client` gives its time limit anew to each byte that arrives, so that a server which drips
keeps it for ever. Here the socket is given whatever is left of the whole.
"""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from .destinations import Destination


class Deadline:
    """A moment by which everything must be done."""

    def __init__(self, seconds: float):
        self.moment = time.monotonic() + seconds

    def extend(self, seconds: float) -> None:
        """Put the moment off by time that was spent waiting on purpose."""
        self.moment += seconds

    def left(self) -> float:
        """Return the seconds that are left; raises TimeoutError if there are none."""
        left = self.moment - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


class _Stream(io.RawIOBase):
    """What `http.client` reads from: each read gets only the time that is left of the whole."""

    def __init__(self, sock: socket.socket, deadline: Deadline):
        self.sock = sock
        self.deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        self.sock.settimeout(self.deadline.left())
        return self.sock.recv_into(buffer)


class _TimedSocket:
    """The part of a socket that `http.client` uses."""

    def __init__(self, sock: socket.socket, deadline: Deadline):
        self.sock = sock
        self.deadline = deadline

    def sendall(self, data: bytes) -> None:
        self.sock.settimeout(self.deadline.left())
        self.sock.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Stream(self.sock, self.deadline))

    def close(self) -> None:
        """Stay open: `http.client` closes before the body is read, and `open_connection` after."""


@contextmanager
def open_connection(
    destination: Destination,
    addresses: Sequence[str],
    context: ssl.SSLContext,
    deadline: Deadline,
) -> Iterator[http.client.HTTPConnection]:
    """Give a connection to the first of `addresses` that answers, encrypted for https.

    Raises OSError (TimeoutError, ssl.SSLError) where there is none.
    """
    sock = _first(destination.port, addresses, deadline)
    try:
        if destination.scheme == "https":
            sock.settimeout(deadline.left())
            sock = context.wrap_socket(sock, server_hostname=destination.host)
        connection = http.client.HTTPConnection(destination.host, destination.port)
        connection.sock = _TimedSocket(sock, deadline)
        yield connection
    finally:
        sock.close()


def _first(port, addresses, deadline):
    """Return a socket to the first address that answers, the time shared between them."""
    for number, address in enumerate(addresses):
        share = deadline.left() / (len(addresses) - number)
        try:
            return socket.create_connection((address, port), timeout=share)
        except OSError:
            if address == addresses[-1]:
                raise
    raise OSError("no address")
