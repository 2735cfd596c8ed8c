"""The file of pieces is a help, never a need, and never gives one piece for another."""

import multiprocessing
import sqlite3
import threading

import pytest

from homepage import piece_file
from homepage.piece_file import PieceFile


@pytest.fixture
def path(tmp_path):
    return tmp_path / "cache" / "pieces.sqlite3"


@pytest.fixture
def pieces(path):
    return PieceFile(path, {})


def test_what_is_put_is_there_for_the_next_process(pieces, path):
    pieces.set_many({"a": "<p>Ä</p>", "b": "b" * 100_000})

    others = PieceFile(path, {})
    assert others.get_many(["a", "b", "c"]) == {"a": "<p>Ä</p>", "b": "b" * 100_000}
    assert (others.get("a"), others.get("c", "none")) == ("<p>Ä</p>", "none")


def test_of_one_name_the_last_is_kept(pieces):
    pieces.set("a", "old")
    pieces.set("a", "new")
    pieces.set("b", "b")
    assert pieces.delete("b")

    assert pieces.get_many(["a", "b"]) == {"a": "new"}


def test_more_names_than_a_statement_takes_are_found(pieces):
    texts = {str(number): str(number) for number in range(2 * piece_file.MOST_NAMES + 1)}
    pieces.set_many(texts)

    assert pieces.get_many(texts) == texts


def test_a_file_that_is_deleted_meanwhile_begins_anew(pieces, path):
    pieces.set("a", "x")
    path.unlink()

    assert pieces.get("a") is None
    pieces.set("a", "y")
    assert pieces.get("a") == "y"


@pytest.mark.parametrize("content", [b"", b"garbage" * 1000], ids=["empty", "garbage"])
def test_a_file_that_is_none_of_ours_begins_anew(pieces, path, content):
    path.parent.mkdir()
    path.write_bytes(content)

    assert pieces.get("a") is None
    pieces.set("a", "x")
    assert pieces.get("a") == "x"


def test_whatever_part_of_the_file_is_damaged_no_other_text_comes_out(pieces, path):
    texts = {f"name{number}": f"text{number}" * 200 for number in range(40)}
    pieces.set_many(texts)
    whole = path.read_bytes()
    for start in range(0, len(whole), 1024):
        path.write_bytes(whole[:start] + b"name7text" * 50 + whole[start + 450 :])
        assert pieces.get_many(texts).items() <= texts.items()
        pieces.set_many(texts)
        assert pieces.get_many(texts).items() <= texts.items()


def test_a_text_that_was_changed_is_none(pieces, path):
    pieces.set_many({"a": "about a", "b": "about b"})
    with sqlite3.connect(path) as file:
        file.execute("UPDATE pieces SET text = CAST('about b' AS BLOB) WHERE name = ':1:a'")
        file.execute("UPDATE pieces SET name = ':1:c' WHERE name = ':1:b'")
    file.close()

    assert pieces.get_many(["a", "b", "c"]) == {}


@pytest.mark.parametrize("mode", ["EXCLUSIVE", "IMMEDIATE"])
def test_nobody_waits_for_a_file_that_is_locked(pieces, path, mode, monkeypatch):
    monkeypatch.setattr(piece_file, "PATIENCE", 0)
    pieces.set("a", "x")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute(f"BEGIN {mode}")

    assert pieces.get("a") == (None if mode == "EXCLUSIVE" else "x")
    pieces.set("a", "y")
    other.execute("ROLLBACK")
    other.close()
    assert pieces.get("a") == "x"


def test_a_folder_that_cannot_be_written_is_no_failure(tmp_path, caplog):
    (tmp_path / "file").write_text("in the way")
    pieces = PieceFile(tmp_path / "file" / "pieces.sqlite3", {})

    pieces.set("a", "x")
    assert pieces.get("a") is None
    assert "not kept" in caplog.text


def test_a_full_disk_is_no_failure(pieces, monkeypatch):
    """As SQLite reports it; a disk that is really full is filled in tests/heavy."""

    def full(*args):
        raise sqlite3.OperationalError("database or disk is full")

    pieces.set("a", "x")
    monkeypatch.setattr(PieceFile, "_write", full)
    pieces.set("a", "y")
    assert pieces.get("a") == "x"


def test_of_too_many_the_first_written_go(path, monkeypatch):
    monkeypatch.setattr(piece_file.random, "random", lambda: 0)
    pieces = PieceFile(path, {"OPTIONS": {"MAX_BYTES": 400_000}})
    for number in range(100):
        pieces.set(f"name{number}", "x" * 10_000)
        pieces.set("again", "y")

    assert path.stat().st_size < 600_000
    found = pieces.get_many([f"name{number}" for number in range(100)])
    assert "name99" in found
    assert "name0" not in found
    assert pieces.get("again") == "y"


def test_threads_and_processes_share_it(pieces, path):
    def write(number):
        for round in range(10):
            pieces.set_many({f"{number}": f"{number}", "all": f"{round}"})

    threads = [threading.Thread(target=write, args=[number]) for number in range(4)]
    child = multiprocessing.get_context("fork").Process(target=write, args=["child"])
    # The process first: one that is forked while a thread is in SQLite inherits its lock for good.
    for each in (child, *threads):
        each.start()
    for each in (child, *threads):
        each.join()

    assert child.exitcode == 0
    texts = {str(number): str(number) for number in (*range(4), "child")}
    assert pieces.get_many(texts).items() <= texts.items()
    assert pieces.get("0") == "0" or pieces.set("0", "0") is None
