"""Prints the processor time, in ms, of rendering a page: `rendering MODULE PATH`, in a process."""

import io
import sys
import time
from importlib import import_module


def main(module, path):
    application = import_module(module).application
    try:
        from homepage.page_store import store
    except ImportError:
        store = None
    if module != "homepage.wsgi":
        store = None
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", "SCRIPT_NAME": "",
        "SERVER_NAME": "localhost", "SERVER_PORT": "8000", "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "http", "wsgi.errors": sys.stderr,
    }  # fmt: skip

    def render():
        if store:
            from django.core.cache import cache

            store.clear()
            cache.clear()
        start = time.process_time()
        statuses = []
        answer = application(
            {**environ, "wsgi.input": io.BytesIO()}, lambda status, *_: statuses.append(status)
        )
        body = b"".join(answer)
        answer.close()
        cost = time.process_time() - start
        if statuses != ["200 OK"] or b"papers" not in body:
            raise RuntimeError(f"{path}: {statuses}")
        return cost

    render(), render()
    sys.stdout.write(f"{min(render() for _ in range(9)) * 1000:.3f}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
