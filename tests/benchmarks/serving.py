"""Pages over HTTP, ours and a bare Django project's under the same gunicorn, in turn."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from . import content
from .figures import Figure, median_ratio

ROOT = Path(__file__).resolve().parents[2]
# Ours for both, which opens no control socket: of two servers on a machine one would complain.
GUNICORN = "--config python:homepage.server --keep-alive 30 --log-level error".split()


def environment(**values):
    # Our modules are compiled once, as those of the rivals were when they were installed.
    ours = {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "", "PYTHONDONTWRITEBYTECODE": ""}
    return {**os.environ, **ours, **values}


def python(*args, **env):
    subprocess.run([sys.executable, *args], cwd=ROOT, env=environment(**env), check=True)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def gunicorn(application, **env):
    """Run a server; give its address and process."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen([*command, *GUNICORN], cwd=ROOT, env=environment(**env))
    try:
        yield f"http://127.0.0.1:{port}", process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def wait_for(url):
    """Return the answer once there is one."""
    for _ in range(200):
        with suppress(OSError), urllib.request.urlopen(url, timeout=10) as answer:
            return answer
        time.sleep(0.1)
    raise TimeoutError(f"{url} does not answer")


def cpu_seconds(process):
    """Return the processor time of a server and its workers so far."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    ticks = 0
    for pid in (process.pid, *children):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def load(url, process, *, seconds, headers=()):
    """Ask for a page as fast as 8 connections can; return requests/s and CPU ms a request."""
    before = cpu_seconds(process)
    lines = [part for header in headers for part in ("-H", header)]
    command = ["wrk", "-t1", "-c8", f"-d{seconds}s", *lines, url]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    # wrk counts a 304 among what is not 2xx.
    wrong = "Socket errors" if "If-None-Match" in str(headers) else "Non-2xx|Socket errors"
    if found := re.search(f"({wrong}).*", out):
        raise RuntimeError(f"{url}: {found[0]}")
    count = int(re.search(r"(\d+) requests in", out)[1])
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1])
    return rate, (cpu_seconds(process) - before) * 1000 / count


def sites(work, count):
    """Fill both sites with papers; return the environment of each."""
    text = json.dumps(content.papers(count))
    ours, bare = work / f"ours-{count}", work / f"bare-{count}"
    for folder in (ours, bare):
        folder.mkdir()
        (folder / "papers.json").write_text(text)
    settings = {"DATA_DIR": str(ours), "DJANGO_SETTINGS_MODULE": "homepage.settings"}
    python("-m", "tests.benchmarks.ours", **settings)
    python("-m", "tests.benchmarks.bare", BARE_DIR=str(bare))
    return settings, {"BARE_DIR": str(bare)}


def pages(work: Path, count: int, rounds: int = 5, seconds: int = 2) -> Iterator[Figure]:
    """Yield how the home page with so many papers compares with a view that says "ok"."""
    settings, bare = sites(work, count)
    with ExitStack() as stack:
        base, theirs = stack.enter_context(gunicorn("tests.benchmarks.bare:application", **bare))
        home, ours = stack.enter_context(gunicorn("homepage.wsgi", **settings))
        wait_for(f"{base}/ok")
        tag = wait_for(f"{home}/").headers["ETag"]
        targets = {
            "bare": (f"{base}/ok", theirs, ()),
            "page": (f"{home}/", ours, ()),
            "packed": (f"{home}/", ours, ("Accept-Encoding: gzip, deflate, br",)),
            "304": (f"{home}/", ours, (f"If-None-Match: {tag}",)),
        }
        for url, process, headers in targets.values():
            load(url, process, seconds=1, headers=headers)
        rates, cpu = defaultdict(list), defaultdict(list)
        for _ in range(rounds):
            for name, (url, process, headers) in targets.items():
                rate, cost = load(url, process, seconds=seconds, headers=headers)
                rates[name].append(rate)
                cpu[name].append(cost)
    what = f"home page, {count} papers"
    for name in ("page", "packed"):
        ratio = median_ratio(rates[name], rates["bare"])
        yield Figure(f"requests/s of the {what} ({name}) to those of a bare view", ratio, least=0.9)
        ratio = median_ratio(cpu[name], cpu["bare"])
        yield Figure(f"CPU of the {what} ({name}) to that of a bare view", ratio, most=1.15)
    ratio = median_ratio(rates["304"], rates["page"])
    yield Figure(f"requests/s of a 304 to those of the {what}", ratio, least=1)
    ratio = median_ratio(cpu["304"], cpu["page"])
    yield Figure(f"CPU of a 304 to that of the {what}", ratio, most=1)


def cold(work: Path, count: int) -> Iterator[Figure]:
    """Yield what rendering a page of papers costs beside the plainest page of the same papers.

    Of few papers the page costs what every page does; the promise is about many.
    """
    settings, bare = sites(work, count)
    ours, theirs = ("homepage.wsgi", "/papers/"), ("tests.benchmarks.bare", "/page")
    costs = defaultdict(list)
    for _ in range(3):
        costs["plain"].append(rendering(*theirs, **bare))
        costs["kept"].append(rendering(*ours, "1", **settings))
        costs["anew"].append(rendering(*ours, "0", **settings))
    what = f"CPU of rendering {count} papers that is no kept page"
    ratio = median_ratio(costs["kept"], costs["plain"])
    most = 0.5 if count >= 300 else None
    yield Figure(f"{what}, of pieces that are kept, to a plain page", ratio, most=most)
    ratio = median_ratio(costs["anew"], costs["plain"])
    yield Figure(f"{what}, without kept pieces, to a plain page", ratio)


def rendering(*args, **env) -> float:
    command = [sys.executable, "-m", "tests.benchmarks.rendering", *args]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(**env), capture_output=True, text=True, check=True
    )
    return float(done.stdout)
