"""Measures everything and prints the ratios; ends with 1 if a promise is not kept.

`serving COUNT...` measures only the pages of so many papers, `publishing COUNT...` the export,
`importing COUNT...` the import.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from . import importing, publishing, reading, serving


def figures():
    yield from pages((23, 300))
    yield from reading.bibtex()
    yield from imports((importing.COUNT,))
    yield from exports((1000, 10_000))


def pages(counts):
    for count in counts:
        for measured in (serving.pages, serving.cold):
            with tempfile.TemporaryDirectory() as folder:
                yield from measured(Path(folder), count)


def imports(counts):
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            yield from importing.bibtex(Path(folder), count)


def exports(counts):
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            yield from publishing.sites(Path(folder), count, rounds=5 if count < 10_000 else 3)


PARTS = {"serving": pages, "publishing": exports, "importing": imports}


def main(asked):
    if not asked and not shutil.which("wrk"):
        sys.exit("wrk is missing, which asks for pages: apt install wrk")
    kept = True
    part, *counts = asked or [""]
    for figure in PARTS[part](map(int, counts)) if part else figures():
        sys.stdout.write(f"{figure}\n")
        sys.stdout.flush()
        kept = kept and figure.is_kept
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
