"""Prints the processor time, in ms, of rendering a page: `rendering MODULE PATH [KEPT]`.

Pages that are kept are emptied before each time; with `0` for KEPT the pieces of pages too.
"""

import io
import sys
import time
from importlib import import_module


def main(module, path, kept="1"):
    application = import_module(module).application
    is_ours = module == "homepage.wsgi"
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", "SCRIPT_NAME": "",
        "SERVER_NAME": "localhost", "SERVER_PORT": "8000", "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "http", "wsgi.errors": sys.stderr,
    }  # fmt: skip

    def render():
        if is_ours:
            forget(with_pieces=kept == "0")
        start = time.process_time()
        statuses = []
        answer = application(
            {**environ, "wsgi.input": io.BytesIO()}, lambda status, *_: statuses.append(status)
        )
        body = b"".join(answer)
        getattr(answer, "close", bool)()
        cost = time.process_time() - start
        if statuses != ["200 OK"] or b"papers" not in body:
            raise RuntimeError(f"{path}: {statuses}")
        return cost

    render(), render()
    sys.stdout.write(f"{min(render() for _ in range(9)) * 1000:.3f}\n")


def forget(with_pieces):
    from django.core.cache import cache, caches

    from homepage.page_store import store

    store.clear()
    cache.clear()
    if with_pieces:
        caches["pieces"].clear()


if __name__ == "__main__":
    main(*sys.argv[1:])
