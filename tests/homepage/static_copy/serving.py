"""nginx on this machine, serving a folder below a path."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from tests.servers import closed_port

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")

CONFIGURATION = """
daemon off;
{user}
worker_processes 1;
pid {work}/pid;
error_log {work}/errors;
events {{ worker_connections 64; }}
http {{
    types {{
        text/html html; text/css css; text/javascript js; image/svg+xml svg;
        application/xml xml; application/atom+xml atom; application/pdf pdf; text/plain txt;
    }}
    default_type application/octet-stream;
    access_log off;
    client_body_temp_path {work}/body;
    proxy_temp_path {work}/proxy;
    fastcgi_temp_path {work}/fastcgi;
    uwsgi_temp_path {work}/uwsgi;
    scgi_temp_path {work}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {work}/root;
        error_page 404 {prefix}/404.html;
        absolute_redirect off;
    }}
}}
"""


@contextmanager
def nginx(folder: Path, work: Path, prefix: str = ""):
    """Serve `folder` below `prefix` while the block runs; give the address without it."""
    work.mkdir()
    place = work / f"root{prefix}"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(folder)
    port = closed_port()
    user = "user root;" if os.geteuid() == 0 else ""  # else its workers may not read the folder
    configuration = work / "nginx.conf"
    configuration.write_text(CONFIGURATION.format(work=work, port=port, prefix=prefix, user=user))
    process = subprocess.Popen([NGINX, "-c", configuration, "-e", work / "errors"])
    try:
        wait_for(f"http://127.0.0.1:{port}{prefix}/robots.txt", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def wait_for(url, process):
    for _ in range(1200):
        try:
            return urlopen(url).close()
        except OSError:
            assert process.poll() is None, "nginx did not start"
            time.sleep(0.05)
    raise AssertionError("nginx does not answer")
