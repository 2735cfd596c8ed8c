"""An export that is killed at any moment leaves the copy before, or the new one, whole."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from homepage.static_copy.manifest import MANIFEST, read_files
from tests.benchmarks import content
from tests.homepage.test_server import ROOT, environment

pytestmark = pytest.mark.heavy
TIMES = 20
EXPORT = [sys.executable, "manage.py", "export_site", "-v0", "--jobs", "2"]
BASE = ["--base-url", "https://ada.example.org"]


def start(data_dir, target):
    command = [*EXPORT, str(target), *BASE]
    return subprocess.Popen(command, cwd=ROOT, env=environment(data_dir), start_new_session=True)


def export(data_dir, target):
    assert start(data_dir, target).wait() == 0


def change(data_dir, number):
    command = [sys.executable, "-m", "tests.benchmarks.ours", str(number)]
    subprocess.run(command, cwd=ROOT, env=environment(data_dir), check=True)


def read(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }


@pytest.fixture
def data_dir(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "papers.json").write_text(json.dumps(content.papers(60)))
    command = [sys.executable, "-m", "tests.benchmarks.ours"]
    subprocess.run(command, cwd=ROOT, env=environment(folder), check=True)
    return folder


def test_a_killed_export_leaves_a_whole_copy(tmp_path, data_dir):
    target, choice = tmp_path / "public", random.Random(7)
    began = time.monotonic()
    export(data_dir, target)
    takes = time.monotonic() - began
    before, new = read(target), 0
    for number in range(TIMES):
        change(data_dir, number)
        process = start(data_dir, target)
        time.sleep(choice.uniform(0, takes * 1.1))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        found = read(target)
        sizes = dict(read_files(target / MANIFEST))
        assert sizes == {name: len(text) for name, text in found.items()}
        if found != before:
            new += 1
            assert f"Edit {number}.".encode() in found["publications.bib"]
        before = found
    export(data_dir, target)
    shutil.rmtree(tmp_path / "fresh", ignore_errors=True)
    export(data_dir, tmp_path / "fresh")
    assert read(target) == read(tmp_path / "fresh")
    left = [path.name for path in Path(tmp_path).iterdir() if path.name.startswith(".")]
    assert left == []
    sys.stdout.write(f"{TIMES} exports killed within {takes:.2f} s: {new} done by then\n")
