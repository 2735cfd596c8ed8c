"""The recipe of the README that publishes a copy by git."""

import re
import shlex
import shutil
import subprocess

import pytest

from tests.factories import make_profile
from tests.homepage.static_copy.test_export import files, run
from tests.test_readme import README

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not shutil.which("git"), reason="git is not installed"),
]

GITHUB = "git@github.com:jane/jane.github.io.git"
IDENTITY = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"} | {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "Jane"), ("EMAIL", "jane@example.org"))
}


def test_each_export_becomes_a_commit_on_the_branch_that_the_host_serves(tmp_path, monkeypatch):
    for name, value in IDENTITY.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    lines = re.findall(r"^git .*$", README, re.M)
    once, publish = lines[0], lines[1:]
    assert any(GITHUB in line for line in publish)
    subprocess.run(["git", "init", "-q", "--bare", "remote.git"], check=True)
    subprocess.run(shlex.split(once), check=True, capture_output=True)

    for name in ("Jane Doe", "Jane Roe"):
        make_profile(name=name)
        run(tmp_path / "public")
        for line in publish:
            command = shlex.split(line.replace(GITHUB, "remote.git"))
            subprocess.run(command, check=True, capture_output=True)

    log = ["git", "--git-dir", "remote.git", "log", "--format=%s", "gh-pages"]
    assert subprocess.run(log, capture_output=True, text=True).stdout.split() == ["Publish"] * 2
    checkout = ["git", "clone", "-q", "-b", "gh-pages", "remote.git", "served"]
    subprocess.run(checkout, check=True)
    assert {name for name in files(tmp_path / "served") if not name.startswith(".git/")} == set(
        files(tmp_path / "public")
    )
    assert b"Jane Roe" in (tmp_path / "served" / "index.html").read_bytes()
