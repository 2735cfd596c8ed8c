"""A real HTTP server on this machine that answers what a test tells it to."""

from __future__ import annotations

import itertools
import os
import socket
import ssl
import threading
import time
from collections import defaultdict
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LOOPBACK = "127.0.0.1"


class Reply:
    """An answer: status, body, header fields, and how slowly it comes.

    `drip` is the pause after each byte of the body, `delay` the one before anything; `raw`
    is sent as it is, in place of a whole answer.
    """

    def __init__(
        self, body=b"", status=200, *, type="text/plain", drip=0, delay=0, raw=None, **fields
    ):
        self.body = body if isinstance(body, bytes) else body.encode()
        self.status = status
        self.drip = drip
        self.delay = delay
        self.raw = raw
        names = {name.replace("_", "-"): str(value) for name, value in fields.items()}
        self.fields = {"Content-Type": type, "Content-Length": str(len(self.body)), **names}


class Handler(BaseHTTPRequestHandler):
    def do_HEAD(self):
        self.do_GET()

    def do_GET(self):
        server = self.server
        server.methods.append(self.command)
        server.requests.append((self.path, dict(self.headers)))
        server.times.append(time.monotonic())
        # The client may have had enough.
        with suppress(BrokenPipeError, ConnectionResetError, ssl.SSLError):
            self.answer(server.next_reply(self.path))

    def answer(self, reply):
        self.server.stopping.wait(reply.delay)
        if reply.raw is not None:
            self.send(reply.raw, reply.drip)
            return
        self.send_response(reply.status)
        for name, value in reply.fields.items():
            if value:
                self.send_header(name, value)
        self.end_headers()
        if self.command == "HEAD":
            return
        self.send(reply.body, reply.drip)

    def send(self, data, drip):
        if not drip:
            self.wfile.write(data)
            return
        for byte in data:
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            if self.server.stopping.wait(drip):
                return

    def log_message(self, *args):
        pass


class Server(ThreadingHTTPServer):
    """Answers by path, query included; several replies to one path come one after the other."""

    daemon_threads = True

    def __init__(self):
        super().__init__((LOOPBACK, 0), Handler)
        self.replies = defaultdict(list)
        self.methods = []
        self.requests = []
        self.times = []
        self.stopping = threading.Event()

    @property
    def address(self):
        """Return host and port, as `Client(allowed=...)` takes them."""
        return (LOOPBACK, self.server_port)

    @property
    def url(self):
        return f"http://{LOOPBACK}:{self.server_port}"

    @property
    def paths(self):
        return [path for path, _ in self.requests]

    def reply(self, path, *replies):
        self.replies[path] += replies

    def redirect(self, path, location, status=302):
        self.reply(path, Reply(status=status, Location=location))

    def next_reply(self, path):
        replies = self.replies.get(path)
        if not replies:
            return Reply("no such page", 404)
        return replies.pop(0) if len(replies) > 1 else replies[0]

    def handle_error(self, request, client_address):
        """Keep quiet about clients that hang up."""


@contextmanager
def serving(context=None):
    """Run a server in a thread, encrypted if there is an SSL context; give it."""
    with Server() as server:
        if context:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.stopping.set()
            server.shutdown()
            thread.join()


# Below those that systems hand out by themselves, and other ones in each process: a port that is
# free now is still free when a server that was told of it has started.
_ports = itertools.count(10_000 + os.getpid() * 37 % 20_000)


def closed_port():
    """Return a port of this machine at which nothing listens, another at each call."""
    for port in _ports:
        with socket.socket() as probe, suppress(OSError):
            probe.bind((LOOPBACK, port))
            return port
