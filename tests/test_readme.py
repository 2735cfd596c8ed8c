"""What the README tells people to type is there, and does what it says."""

import ast
import configparser
import os
import re
import shlex
import shutil
import subprocess
import tomllib
from importlib import import_module
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

from publications.formats import EXCHANGED, READABLE, WRITABLE

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
GATE = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README, re.M | re.S)
SHELL_LINES = [line for kind, text in BLOCKS if kind == "sh" for line in text.splitlines()]
MANAGE = re.findall(r"manage\.py ([a-z]\w+)((?: [^`\n&]+)?)", README)


def one_line(pattern):
    (line,) = [line for line in SHELL_LINES if re.search(pattern, line)]
    return line


@pytest.mark.parametrize(("name", "arguments"), sorted(set(MANAGE)))
def test_each_command_named_exists_and_takes_its_options(name, arguments):
    command = load_command_class(get_commands()[name], name)
    parser = command.create_parser("manage.py", name)

    parser.parse_args(shlex.split(arguments))


def test_the_readme_names_the_commands_of_the_site():
    assert {name for name, _ in MANAGE} >= {"quickstart", "import_site"}


def test_settings_table_is_what_the_settings_read():
    source = (ROOT / "homepage" / "settings.py").read_text(encoding="utf-8")
    read = {
        node.args[0].value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "env"
        and node.func.attr != "load"
    }

    assert len(read) >= 8
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", README, re.M)) == read


def test_extras_named_exist():
    named = {
        extra
        for extras in re.findall(r"'\.\[(.+?)\]'", README)
        for extra in extras.replace(" ", "").split(",")
    }
    named |= set(re.findall(r"the extra `(\w+)`", README))

    assert named == set(PYPROJECT["project"]["optional-dependencies"])


def test_python_versions_are_those_of_the_package():
    classifiers = PYPROJECT["project"]["classifiers"]
    versions = [text.rpartition(" ")[2] for text in classifiers if "Python :: 3." in text]

    assert f"Python {', '.join(versions[:-1])} or {versions[-1]}" in README
    assert PYPROJECT["project"]["requires-python"] == f">={versions[0]}"


def test_the_gate_takes_its_commands_from_the_readme():
    patterns = re.findall(r"readme_command '(.+?)'\)", GATE)
    commands = [one_line(rf"&& .*{pattern}$") for pattern in patterns]

    assert commands == [
        one_line(r"^python3 -m venv .*manage\.py quickstart$"),
        one_line(r"^python3 -m venv .*-m pytest$"),
        one_line(r"-m pytest -m browser$"),
    ]
    assert [command for command in commands if command in GATE] == []


def test_browser_tests_are_a_run_of_their_own():
    assert (
        "-m=not browser and not heavy and not slow"
        in PYPROJECT["tool"]["pytest"]["ini_options"]["addopts"]
    )


def test_the_gate_is_executable():
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def units():
    """Return the systemd units, each as its sections."""
    for kind, text in BLOCKS:
        if kind == "ini" and re.search(r"^\[(?:Service|Timer)\]$", text, re.M):
            unit = configparser.RawConfigParser()
            unit.optionxform = str
            unit.read_string(text)
            yield unit


def started():
    """Yield what the units start, as words."""
    for unit in units():
        if "Service" in unit:
            yield shlex.split(unit["Service"]["ExecStart"])


def test_gunicorn_starts_what_exists():
    [(program, option, config, application)] = [
        words for words in started() if words[0].endswith("/gunicorn")
    ]

    assert program.endswith("/.venv/bin/gunicorn")
    assert (option, config) == ("--config", "python:homepage.server")
    assert import_module("homepage.server").bind == "127.0.0.1:8001"
    assert any(
        name.startswith("gunicorn")
        for name in PYPROJECT["project"]["optional-dependencies"]["server"]
    )
    assert callable(import_module(application).application)


def test_every_other_unit_runs_a_command_of_the_site():
    for program, manage, command, *arguments in started():
        if program.endswith("/gunicorn"):
            continue
        assert (program, manage) == ("/srv/homepage/.venv/bin/python", "manage.py")
        parser = load_command_class(get_commands()[command], command).create_parser("", command)
        parser.parse_args(arguments)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not here")
def test_systemd_understands_the_units(tmp_path):
    for number, unit in enumerate(units()):
        kind = "service" if "Service" in unit else "timer"
        if kind == "timer":
            unit["Unit"] = {"Description": "timer"}
            unit["Timer"]["Unit"] = "unit0.service"
        else:
            unit["Service"]["ExecStart"] = "/bin/true"
        with (tmp_path / f"unit{number}.{kind}").open("w") as file:
            unit.write(file, space_around_delimiters=False)
    files = sorted(map(str, tmp_path.iterdir()))

    done = subprocess.run(["systemd-analyze", "verify", *files], capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (0, "")


def test_proxies_hand_over_to_the_port_that_gunicorn_listens_at():
    ports = set(re.findall(r"127\.0\.0\.1:(\d+)", README))

    assert ports == {"8000", "8001"}  # quickstart, and gunicorn with both proxies
    assert len(re.findall(r"(?:reverse_proxy |http://)127\.0\.0\.1:8001", README)) == 2


def test_paths_named_exist():
    folders = re.findall(r"`((?:\w+/)+)`", README)
    files = re.findall(r"\]\((\w+)\)", README)

    assert {"profiles/", "publications/", "homepage/", "homepage/common/"} <= set(folders)
    assert [path for path in (*folders, *files) if not (ROOT / path).exists()] == []


def test_formats_named_are_those_that_are_read_and_written():
    passage = README.partition("## Bring publication files in")[2].partition("\n## ")[0]

    assert {f"/publications.{suffix}" for suffix in EXCHANGED} == set(
        re.findall(r"`(/publications\.\w+)`", passage)
    )
    assert {format.suffix for format in WRITABLE.values()} == set(re.findall(r"`\.(\w+)`", passage))
    for format in READABLE.values():
        assert format.label in passage
