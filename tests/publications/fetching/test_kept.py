import os
import time

import pytest

from publications.fetching.kept import LONGEST, Kept


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "cache" / "fetched"


def never():
    raise AssertionError("asked again")


def test_text_is_fetched_once(folder):
    assert Kept(folder).text("DOI 10.1/x", lambda: "tëxt") == "tëxt"
    assert Kept(folder).text("DOI 10.1/x", never) == "tëxt"
    assert Kept(folder).text("DOI 10.1/y", lambda: "other") == "other"


def test_only_the_owner_of_the_site_can_look_into_the_folder(folder):
    Kept(folder).text("a", lambda: "text")

    assert folder.stat().st_mode & 0o077 == 0


def test_text_is_fetched_again_after_a_day(folder):
    kept = Kept(folder)
    kept.text("a", lambda: "old")
    (path,) = folder.iterdir()
    yesterday = time.time() - LONGEST - 1
    os.utime(path, (yesterday, yesterday))

    assert kept.text("a", lambda: "new") == "new"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b'{"key": "a"}',
        b'{"key": "b", "text": "x"}',
        b'{"key": "a", "text": 5}',
    ],
)
def test_damaged_file_is_fetched_again(folder, content):
    kept = Kept(folder)
    kept.text("a", lambda: "old")
    (path,) = folder.iterdir()
    path.write_bytes(content)

    assert kept.text("a", lambda: "new") == "new"
    assert kept.text("a", never) == "new"


def test_nothing_is_kept_of_what_failed(folder):
    def fail():
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011
        Kept(folder).text("a", fail)

    assert not folder.exists()


def test_what_was_used_and_what_is_old_is_forgotten(folder):
    Kept(folder).text("of another run", lambda: "fresh")
    (fresh,) = folder.iterdir()
    old = folder / "old.part"
    old.write_text("half")
    os.utime(old, (0, 0))
    kept = Kept(folder)
    kept.text("a", lambda: "text")

    kept.forget()

    assert list(folder.iterdir()) == [fresh]


def test_forgetting_nothing_is_no_error(folder):
    Kept(folder).forget()

    assert not folder.exists()
