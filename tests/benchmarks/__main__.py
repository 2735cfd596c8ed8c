"""Measures everything and prints the ratios; ends with 1 if a promise is not kept."""

import shutil
import sys
import tempfile
from pathlib import Path

from . import reading, serving


def figures():
    with tempfile.TemporaryDirectory() as folder:
        for count in (23, 300):
            yield from serving.pages(Path(folder), count)
    with tempfile.TemporaryDirectory() as folder:
        yield from serving.cold(Path(folder))
    yield from reading.bibtex()


def main():
    if not shutil.which("wrk"):
        sys.exit("wrk is missing, which asks for pages: apt install wrk")
    kept = True
    for figure in figures():
        sys.stdout.write(f"{figure}\n")
        sys.stdout.flush()
        kept = kept and figure.is_kept
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
