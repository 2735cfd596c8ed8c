"""From the first version of the site to this one, as the README says: nothing is lost.

`first.sql` is a database as that version made it, with the sample page and some edits;
`words.json` is what its pages said.
"""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.homepage.test_backup import files, manage
from tests.homepage.test_server import answer, serving
from tests.reading import visible_words

DATA = Path(__file__).parents[1] / "data" / "upgrade"
UPLOADS = {
    "papers/fedcba9876543210fedcba9876543210.pdf": b"%PDF-1.4\nfolding",
    "photos/0123456789abcdef0123456789abcdef.png": b"\x89PNG",
}
# What Django and the site themselves keep in order.
UPKEEP = {
    "auth_group_permissions", "auth_permission", "django_content_type", "django_migrations",
    "django_site", "sqlite_sequence",
}  # fmt: skip


def first(data_dir):
    """Make the data folder of the first version."""
    data_dir.mkdir()
    with closing(sqlite3.connect(data_dir / "db.sqlite3")) as database:
        database.executescript((DATA / "first.sql").read_text(encoding="utf-8"))
    for name, content in UPLOADS.items():
        path = data_dir / "media" / name
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
    return data_dir


def rows(data_dir, columns=None):
    """Return the rows of all tables of content, each as its values by column.

    With `columns`, no others.
    """
    with closing(sqlite3.connect(data_dir / "db.sqlite3")) as database:
        database.row_factory = sqlite3.Row
        assert database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        names = {name for (name,) in tables} - UPKEEP if columns is None else columns
        found = {
            name: [*map(dict, database.execute(f"SELECT * FROM {name} ORDER BY rowid"))]
            for name in sorted(names)
        }
    if columns is None:
        return found
    return {
        name: [{column: row[column] for column in columns[name]} for row in some]
        for name, some in found.items()
    }


def columns_of(found):
    return {name: set(some[0]) for name, some in found.items() if some}


@pytest.mark.slow
def test_a_site_of_the_first_version_comes_along_with_all_it_has(tmp_path):
    old, again = first(tmp_path / "old"), tmp_path / "again"
    before = rows(old)
    columns = columns_of(before)
    assert len(columns) >= 12

    refused = manage(old, "export_markdown", tmp_path / "left", check=False)
    manage(old, "backup", tmp_path / "site.zip")
    manage(old, "quickstart", "--no-serve")
    after = rows(old, columns)
    manage(again, "restore", tmp_path / "site.zip")

    assert "run manage.py migrate first" in refused.stderr
    assert after == {name: before[name] for name in columns}
    assert files(old) == files(again) == UPLOADS
    assert rows(again, columns) == after
    assert list((old / "static").rglob("site.*.css"))
    with serving(old) as (port, _):
        for address, expected in json.loads((DATA / "words.json").read_text()).items():
            status, _, page = answer(port, address)
            assert status == 200, address
            shown = visible_words(BeautifulSoup(page, "html.parser").body)
            assert set(expected.split()) <= set(shown), address
        assert answer(port, f"/media/{next(iter(UPLOADS))}")[2] == b"%PDF-1.4\nfolding"
        assert answer(port, "/about.html")[0] == 301
    manage(old, "quickstart", "--no-serve")
    assert rows(old, columns) == after
