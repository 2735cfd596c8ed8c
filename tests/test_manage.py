"""Errors that come before any command runs: a sentence, not a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

MANAGE = Path(__file__).resolve().parents[1] / "manage.py"


def manage(*flags, command=("check",), **environment):
    return subprocess.run(
        [sys.executable, *flags, str(MANAGE), *command],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "homepage.settings", **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SITE_URL", "jane.example.org"),
        ("PROXY_COUNT", "one"),
        ("DEBUG", "perhaps"),
        ("DATABASE_URL", "nowhere"),
    ],
)
def test_a_setting_that_cannot_be_gets_a_sentence(tmp_path, name, value):
    done = manage(DATA_DIR=str(tmp_path), **{name: value})

    assert done.returncode == 1
    assert done.stderr.startswith("The settings cannot be used: ")
    assert name in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_data_folder_that_cannot_be_made_gets_a_sentence(tmp_path):
    (tmp_path / "file").touch()
    done = manage(DATA_DIR=str(tmp_path / "file" / "data"))

    assert done.returncode == 1
    assert done.stderr.startswith("The settings cannot be used: DATA_DIR")


def test_a_database_that_fails_gets_a_sentence(tmp_path):
    (tmp_path / "db.sqlite3").mkdir()

    done = manage(DATA_DIR=str(tmp_path), command=["changepassword", "owner"])
    whole = manage(DATA_DIR=str(tmp_path), command=["changepassword", "owner", "--traceback"])

    assert done.returncode == whole.returncode == 1
    assert done.stderr == (
        "The database or the disk failed: unable to open database file. "
        "See to that, then run the command again.\n"
    )
    assert "Traceback" in whole.stderr


def test_a_python_without_the_site_is_told_which_to_use():
    done = manage("-S", "-I")  # without the installed packages

    assert done.returncode == 1
    assert "there is no django.\nUse .venv/bin/python manage.py" in done.stderr
    assert "Traceback" not in done.stderr


LARGE = "PIL latex2mathml latexcodec markdown_it nh3 pybtex pygments".split()


def test_who_has_nothing_to_export_waits_for_no_large_library(tmp_path):
    script = (
        "import sys; sys.argv = ['manage.py', 'export_site', 'copy', '-v0']\n"
        "import manage\n"
        "try:\n    manage.main()\n"
        "finally:\n    import homepage.urls; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    ours = {"DJANGO_SETTINGS_MODULE": "homepage.settings", "DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=MANAGE.parent,
        env={**os.environ, **ours},
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert "django" in done.stdout.split()
    assert not set(LARGE) & set(done.stdout.split())


def test_a_command_whose_thread_still_runs_does_not_end_at_once():
    program = (
        "import threading, time, manage\n"
        "def work():\n    time.sleep(0.2)\n    print('done')\n"
        "threading.Thread(target=work).start()\n"
        "manage.leave()\n"
        "print('after')\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=MANAGE.parent
    )

    assert done.stdout.split() == ["after", "done"]


def test_a_command_says_its_last_word_before_it_ends_at_once():
    program = "import sys, manage\nsys.stdout.write('x' * 100_000)\nmanage.leave()\nprint('after')"

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=MANAGE.parent
    )

    assert (done.stdout, done.returncode) == ("x" * 100_000, 0)
