"""Writing a site as files, ours beside Hugo and Pelican on the same papers, in turn.

Each is timed as a whole process. Our export is far more than theirs: lists of every kind, year,
venue, topic and co-author, files in three formats and feeds of them all.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import NamedTuple

from . import content, rivals
from .figures import Figure, median_ratio
from .serving import ROOT, environment, python

BASE = "https://ada.example.org"


class Cost(NamedTuple):
    """Seconds, seconds of processor time, and MiB of the largest process."""

    wall: float
    cpu: float
    memory: float


def cost(command, **env) -> Cost:
    """Run a command to its end and return what it took, with all its own processes."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment(**env), stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    said = process.stdout.read()
    process.stdout.close()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command}: {said.decode()[-800:]}")
    wall = time.perf_counter() - start
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


class Ours:
    """Our site with the same papers; `options` name its folder in the environment."""

    def __init__(self, folder: Path, papers):
        self.options = {
            "DATA_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "homepage.settings",
            "SITE_URL": BASE,
        }
        self.folder = folder
        folder.mkdir()
        (folder / "papers.json").write_text(json.dumps(papers))
        python("-m", "tests.benchmarks.ours", **self.options)
        self.target = folder / "public"

    def export(self) -> Cost:
        command = [sys.executable, "manage.py", "export_site", str(self.target), "-v0"]
        return cost(command, **self.options)

    def export_pages(self) -> Cost:
        command = [sys.executable, "-m", "tests.benchmarks.only_pages", "export_site"]
        return cost([*command, str(self.target)], **self.options)

    def change(self, number: int) -> None:
        python("-m", "tests.benchmarks.ours", str(number), **self.options)

    def forget(self) -> None:
        """Forget all that was made of the content; templates stay compiled, as both's code does."""
        put_away(self.target)
        put_away(self.folder / "exports")
        for path in (self.folder / "cache").glob("*"):
            if path.is_file():
                path.unlink()


def put_away(folder: Path) -> None:
    """Let a folder be gone, whose files stay: ext4 gives away none of those deleted just now.

    It goes through them all for each new one (recently_deleted in fs/ext4/ialloc.c), and who
    writes the most files is the slowest for minutes.
    """
    if folder.exists():
        number = next(n for n in count() if not folder.with_name(f"{folder.name}-{n}").exists())
        folder.rename(folder.with_name(f"{folder.name}-{number}"))


def builders(work: Path, papers) -> dict[str, rivals.Site]:
    """Return the rivals that are here; say which are not."""
    found = {}
    for make in (rivals.hugo, rivals.pelican):
        name = make.__name__
        try:
            found[name] = make(work / name, papers)
        except FileNotFoundError as error:
            sys.stdout.write(f"Not measured against {name.title()}: {error}.\n")
    return found


def sites(work: Path, size: int, rounds: int) -> Iterator[Figure]:
    """Yield how publishing so many papers compares, all at once and after one was changed."""
    papers = content.papers(size)
    rival = builders(work, papers)
    if not rival:
        return
    ours = Ours(work / "ours", papers)
    costs = defaultdict(list)
    for _ in range(rounds):
        if "pelican" in rival:
            site = rival["pelican"]
            put_away(site.folder / "output")
            costs["pelican"].append(cost(site.command))
            ours.forget()
            costs["pages"].append(ours.export_pages())
        ours.forget()
        costs["whole"].append(ours.export())
    if "hugo" in rival:
        # Both begin warm: after a whole build there is something to be done only once.
        for number in range(-1, rounds):
            rival["hugo"].change(number)
            theirs = cost(rival["hugo"].command)
            ours.change(number)
            ours_again = ours.export()
            if number >= 0:
                costs["hugo"].append(theirs)
                costs["changed"].append(ours_again)
    of = f"of {size} papers"
    if "pelican" in rival:
        yield from _compared(
            f"home and papers {of}, to Pelican", costs["pages"], costs["pelican"], 1
        )
        yield from _compared(
            f"the whole site {of}, to Pelican", costs["whole"], costs["pelican"], 3
        )
    if "hugo" in rival:
        most = 1 if size >= 10_000 else 2 if size >= 1000 else None
        yield from _compared(f"one change {of}, to Hugo", costs["changed"], costs["hugo"], most)


def _compared(what, ours, theirs, most):
    wall = median_ratio(*([each.wall for each in some] for some in (ours, theirs)))
    yield Figure(
        f"time of {what}: {_median(ours):.2f} s to {_median(theirs):.2f} s", wall, most=most
    )
    yield Figure(
        f"CPU of {what}", median_ratio(*([each.cpu for each in some] for some in (ours, theirs)))
    )
    yield Figure(
        f"memory of {what}: {max(each.memory for each in ours):.0f} MiB",
        max(each.memory for each in ours) / max(each.memory for each in theirs),
    )


def _median(costs):
    return sorted(each.wall for each in costs)[len(costs) // 2]
