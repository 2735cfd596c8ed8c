"""The folder of a copy: the old one or the new one, never half of either, and nothing lost."""

import os
import resource
import signal

import pytest

from homepage.static_copy import target as module
from homepage.static_copy.manifest import MANIFEST, Head, lines
from homepage.static_copy.target import RefusedTarget, Target

OLD = {"index.html": b"old", "a/b/index.html": b"same", "gone/index.html": b"gone"}
NEW = {"index.html": b"new", "a/b/index.html": b"same", "c/index.html": b"more"}


def write(folder, files):
    target = Target(folder)
    target.check()
    with target.replacement() as draft:
        draft.prepare()
        written = [name for name, content in files.items() if draft.write(name, content)[1]]
        sizes = {name: len(content) for name, content in files.items()}
        draft.write_pieces(MANIFEST, lines(Head(), sorted(sizes.items())))
    return written


def read(folder):
    paths = [path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST]
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "deep" / "public"


def test_a_new_folder_is_made(folder):
    assert write(folder, OLD) == list(OLD)
    assert read(folder) == OLD
    assert [path.name for path in folder.parent.iterdir()] == ["public"]


@pytest.mark.parametrize("can_exchange", [True, False])
def test_an_earlier_export_is_replaced_as_a_whole(folder, monkeypatch, can_exchange):
    if not can_exchange:
        monkeypatch.setattr(module, "_exchange", lambda a, b: False)
    write(folder, OLD)
    same = (folder / "a/b/index.html").stat()

    assert write(folder, NEW) == ["index.html", "c/index.html"]

    assert read(folder) == NEW
    now = (folder / "a/b/index.html").stat()
    assert (now.st_ino, now.st_mtime_ns) == (same.st_ino, same.st_mtime_ns)
    assert [path.name for path in folder.parent.iterdir()] == ["public"]


def test_without_links_files_are_copied_with_their_time(folder, monkeypatch):
    write(folder, OLD)
    os.utime(folder / "a/b/index.html", (1, 1))
    monkeypatch.setattr(module.os, "link", lambda a, b: (_ for _ in ()).throw(OSError()))

    write(folder, NEW)

    assert read(folder) == NEW
    assert (folder / "a/b/index.html").stat().st_mtime == 1


def test_a_failure_leaves_the_old_copy(folder):
    write(folder, OLD)

    with pytest.raises(TypeError):
        write(folder, {"index.html": b"half", "a": None})

    assert read(folder) == OLD
    assert [path.name for path in folder.parent.iterdir()] == ["public"]


def killed_at(place, folder, monkeypatch):
    """Export in a process that is killed at a place; return what it left behind."""
    pid = os.fork()
    if pid:
        assert os.waitpid(pid, 0)[1] == signal.SIGKILL
        return
    try:
        place(monkeypatch)
        write(folder, NEW)
    finally:
        os._exit(1)


def kill(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)


def while_writing(patch):
    patch.setattr(module.os, "link", kill)


def before_the_swap(patch):
    patch.setattr(module, "_exchange", kill)


def within_a_swap_of_two_steps(patch):
    patch.setattr(module, "_exchange", lambda a, b: False)
    rename = module.Path.rename

    def first(path, to):
        rename(path, to)
        kill()

    patch.setattr(module.Path, "rename", first)


def after_the_swap(patch):
    patch.setattr(module.shutil, "rmtree", kill)


@pytest.mark.parametrize(
    ("place", "left"),
    [
        (while_writing, OLD),
        (before_the_swap, OLD),
        (within_a_swap_of_two_steps, OLD),
        (after_the_swap, NEW),
    ],
)
def test_killed_anywhere_a_whole_copy_is_left_and_the_next_run_ends_it(
    folder, monkeypatch, place, left
):
    write(folder, OLD)

    killed_at(place, folder, monkeypatch)

    Target(folder).check()
    assert read(folder) == left
    write(folder, NEW)
    assert read(folder) == NEW
    assert [path.name for path in folder.parent.iterdir()] == ["public"]


@pytest.mark.parametrize("name", ["thesis.tex", ".git/HEAD", MANIFEST])
def test_a_folder_of_somebody_else_is_refused(folder, name):
    file = folder / name
    file.parent.mkdir(parents=True)
    file.write_text("mine")

    with pytest.raises(RefusedTarget, match="is not empty and no earlier export"):
        Target(folder).check()

    assert file.read_text() == "mine"


def test_what_was_added_to_an_export_is_named(folder):
    write(folder, OLD)
    (folder / "google123.html").write_text("mine")
    (folder / "linked").symlink_to("/")

    with pytest.raises(RefusedTarget, match=r"\(google123.html, linked\): move it away"):
        Target(folder).check()


def test_an_empty_folder_will_do(folder):
    folder.mkdir(parents=True)

    write(folder, NEW)

    assert read(folder) == NEW


def test_a_file_and_a_link_are_refused(tmp_path):
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path)

    for name in ("file", "link"):
        with pytest.raises(RefusedTarget, match="is no folder"):
            Target(tmp_path / name).check()
    with pytest.raises(RefusedTarget, match="name a folder in it"):
        Target(type(tmp_path)("/")).check()


def test_two_exports_at_once_do_not_mix(folder):
    another = pytest.raises(RefusedTarget, match="Another export is writing there")

    with Target(folder).replacement(), another:
        write(folder, OLD)


def test_a_dry_run_writes_nothing(folder):
    write(folder, OLD)

    target = Target(folder)
    target.check()
    with target.replacement(dry_run=True) as draft:
        assert [draft.write(name, content)[1] for name, content in NEW.items()] == [
            True,
            False,
            True,
        ]

    assert read(folder) == OLD
    assert [path.name for path in folder.parent.iterdir()] == ["public"]


def test_a_file_is_written_whole_or_it_is_an_error(folder):
    """A disk that is nearly full takes a part, and says so only when it is given the rest."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with Target(folder).replacement() as draft:
        resource.setrlimit(resource.RLIMIT_FSIZE, (10, hard))
        try:
            with pytest.raises(OSError, match="too large"):
                draft.write("index.html", b"more than ten")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
