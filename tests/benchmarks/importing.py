"""Importing BibTeX with the command, from its start to its end, against pybtex's reading alone."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from pybtex.database import parse_file

from . import content
from .figures import Figure
from .reading import entry
from .serving import ROOT, environment, python

COUNT = 10_000
PROMISED = 6


def bibtex(folder: Path, count: int = COUNT) -> Iterator[Figure]:
    """Yield what `import_publications` costs; it saves, and keeps the history, in SQLite."""
    papers = content.papers(2 * count)
    file = written(folder, "papers", papers[:count])
    theirs = pybtex_cost(file)
    ours, memory = imported(file, folder / "once")
    what = f"CPU of importing {count} entries of BibTeX"
    yield Figure(f"{what} to pybtex's reading them", ours / theirs, most=PROMISED)
    again, _ = imported(file, folder / "once")
    yield Figure(f"{what} once more, which changes nothing", again / theirs, most=PROMISED)
    added = written(folder, "added", [papers[count], *papers[:count]])
    _, memory_again = imported(added, folder / "once")
    yield Figure("memory where one is added at the head", memory_again / memory, most=1.3)
    short = written(folder, "short", [{**paper, "abstract": "None."} for paper in papers[:count]])
    ours_short, _ = imported(short, folder / "short")
    theirs_short = pybtex_cost(short)
    yield Figure(f"{what} without abstracts", ours_short / theirs_short, most=PROMISED)
    longer = written(folder, "longer", papers)
    twice, more_memory = imported(longer, folder / "twice")
    yield Figure("CPU of importing twice as many", twice / ours, most=2.3)
    growth = longer.stat().st_size / file.stat().st_size
    yield Figure(
        "memory's growth with twice as many to the file's", more_memory / memory / growth, most=1
    )


def written(folder, name, papers) -> Path:
    file = folder / f"{name}.bib"
    file.write_text("\n".join(map(entry, papers)), "utf-8")
    return file


def pybtex_cost(file: Path) -> float:
    """Return the least CPU time of three readings, in seconds."""

    def cost():
        start = time.process_time()
        parse_file(file, "bibtex")
        return time.process_time() - start

    return min(cost() for _ in range(3))


def imported(file: Path, data: Path) -> tuple[float, int]:
    """Import a file into the site of a data folder; return CPU seconds and the peak of memory."""
    env = {"DATA_DIR": str(data), "SITE_URL": "http://localhost"}
    if not data.exists():
        data.mkdir()
        python("manage.py", "migrate", "--verbosity", "0", **env)
    command = [sys.executable, "manage.py", "import_publications", str(file)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment(**env), stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss
