"""The rooms of the house and who may call whom."""

import ast
import shutil
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[1]
APPS = ("homepage", "profiles", "publications")
PROJECT = (*APPS, "tests")


def modules(*places):
    """Return the Python files at or below the places, which must exist, relative to the root."""
    found = []
    for place in places:
        path = ROOT / place
        files = [path] if path.is_file() else sorted(path.rglob("*.py"))
        assert files, f"{place} is empty"
        found += [file.relative_to(ROOT) for file in files]
    return found


def imports(path):
    """Yield the full name and line of everything that a module imports, wherever it does."""
    package = path.parts[:-1]
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join((*start, *filter(None, [node.module])))
            for alias in node.names:
                yield f"{base}.{alias.name}", node.lineno


def is_in(name, package):
    return name == package or name.startswith(f"{package}.")


def offences(paths, forbidden, allowed=()):
    return [
        f"{path}:{line} imports {name}"
        for path in paths
        for name, line in imports(path)
        if any(is_in(name, package) for package in forbidden)
        and not any(is_in(name, package) for package in allowed)
    ]


def test_imports_are_seen_in_all_their_forms(tmp_path, monkeypatch):
    module = tmp_path / "homepage" / "academicpages" / "page.py"
    module.parent.mkdir(parents=True)
    module.write_text(
        "import os.path\nfrom . import data\nfrom ..models import Section\n"
        "def late():\n    from publications.models import Venue\n"
    )
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)

    assert [name for name, _ in imports(module.relative_to(tmp_path))] == [
        "os.path",
        "homepage.academicpages.data",
        "homepage.models.Section",
        "publications.models.Venue",
    ]


def test_the_floor_imports_nothing_of_the_project():
    assert offences(modules("homepage/common"), PROJECT, ["homepage.common"]) == []


def test_the_floor_holds_no_models():
    found = [
        f"{path}: {node.name}"
        for path in modules("homepage/common")
        for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
        and any(ast.unparse(base).endswith("Model") for base in node.bases)
        and "abstract = True" not in ast.unparse(node)
    ]
    assert found == []


@pytest.mark.parametrize("app", ["profiles", "publications"])
def test_an_app_imports_of_the_project_only_itself_and_the_floor(app):
    assert offences(modules(app), PROJECT, [app, "homepage.common"]) == []


def test_nothing_leaves_the_web_process():
    """Only commands ask other servers, and only through the guarded client."""
    commands = [path for path in modules(*APPS) if path.match("*/management/commands/*.py")]
    client = modules(*(f"homepage/common/{name}.py" for name in CLIENT))
    fetching = modules(
        "publications/fetching", "homepage/fetching.py", "homepage/links/checking.py"
    )
    web = [path for path in modules(*APPS) if path not in {*commands, *client, *fetching}]

    rooms = ["publications.fetching", "homepage.fetching", "homepage.links.checking"]
    assert offences(web, [*(f"homepage.common.{name}" for name in CLIENT), *rooms, *NETWORK]) == []
    assert offences([*fetching, *commands], [name for name in NETWORK if name != "socket"]) == []


CLIENT = ("http", "answers", "connection", "destinations")
NETWORK = (
    "aiohttp asyncio ftplib http.client httpx imaplib requests smtplib socket ssl telnetlib "
    "urllib.request urllib3 webbrowser xmlrpc"
).split()


def test_no_app_imports_the_tests():
    assert offences(modules(*APPS, "manage.py"), ["tests"]) == []


def test_readers_of_old_pages_know_no_django():
    pure = modules(
        "publications/records.py",
        "publications/names.py",
        "publications/formats",
        "publications/metadata",
        "publications/fetching",
        "homepage/academicpages",
        "homepage/alfolio",
    )
    # The floor's Markdown marks its result as safe for templates; that is all it takes of Django.
    assert offences(pure, ["django"]) == []


def test_only_markdown_data_for_machines_and_templates_are_marked_as_safe():
    names = ("markdown", "data_blocks", "pieces", "pages", "page_engine")
    trusted = {Path(f"homepage/common/{name}.py") for name in names}
    paths = [path for path in modules(*APPS) if path not in trusted]
    names = ("mark_safe", "SafeString", "SafeText", "SafeData")
    forbidden = [f"django.utils.safestring.{name}" for name in names]
    assert offences(paths, [*forbidden, "django.utils.html.mark_safe", "markupsafe"]) == []
    assert [path for path in paths if "mark_safe(" in (ROOT / path).read_text("utf-8")] == []


def test_templates_switch_no_escaping_off():
    for path in sorted((ROOT / "templates").rglob("*.*")):
        text = path.read_text(encoding="utf-8")
        assert "|safe" not in text, path
        assert path.suffix == ".txt" or "autoescape" not in text, path


def tracked_at_top_level():
    """Return what git keeps at the top of the repository; without git, everything there."""
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        return {path.name for path in ROOT.iterdir()}
    git = ["git", "-c", "safe.directory=*", "-C", str(ROOT), "ls-files"]
    done = subprocess.run(git, check=True, capture_output=True, text=True)
    return {name.partition("/")[0] for name in done.stdout.splitlines()}


def test_top_level_holds_what_the_plan_says():
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    names = {
        name
        for name in tracked_at_top_level()
        if not any(fnmatch(name, rule.rstrip("/")) for rule in (".*", *ignored))
    }
    assert names == {
        "LICENSE",
        "README.md",
        "homepage",
        "manage.py",
        "profiles",
        "publications",
        "pyproject.toml",
        "templates",
        "tests",
    }


def test_each_package_of_the_site_is_installed():
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = pyproject["tool"]["setuptools"]["packages"]["find"]["include"]
    packages = {path.parent for path in modules(*APPS)}

    assert sorted(patterns) == [f"{app}*" for app in APPS]
    assert [str(path) for path in packages if not (ROOT / path / "__init__.py").exists()] == []


@pytest.mark.django_db
def test_models_and_migrations_agree():
    out = StringIO()
    call_command("makemigrations", check_changes=True, dry_run=True, stdout=out)
    assert "No changes detected" in out.getvalue()
