"""Configuration of gunicorn: `gunicorn --config python:homepage.server homepage.wsgi`.

Two processes with four threads each, which a machine of 512 MB holds with room to spare. Options
of the command line win.
"""

import os

bind = "127.0.0.1:8001"
workers = int(os.environ.get("WEB_CONCURRENCY", 2))
worker_class = "gthread"
threads = 4
# Each process loads the site for itself, so that a reload (SIGHUP) brings in a new version while
# the old one answers the requests it has begun.
preload_app = False
graceful_timeout = 30
# Longer than any page takes; an import of thousands of papers by form takes some seconds.
timeout = 60
keepalive = 15
# Heartbeats are files, which a slow or full disk would hold up.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 gunicorn makes names nobody can guess
errorlog = "-"
loglevel = "warning"
control_socket_disable = True
# Whether forwarded headers are true is for PROXY_COUNT to say; gunicorn would trust every program
# on this machine.
forwarded_allow_ips = ""
secure_scheme_headers = {}
forwarder_headers = ""
