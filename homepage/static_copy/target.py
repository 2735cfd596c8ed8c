"""The folder that a copy is written to: built apart from it, and swapped in whole.

Nothing is ever removed that an earlier export did not write. Whatever happens meanwhile, at the
target stands the old copy or the new one. Files that did not change are the same files in both
(hard links), so that they keep their time and cost no room.

Where the workshop lies on the disk of the target, the former copy stays there, and the next is
made of it: only what changed is touched. Elsewhere the new copy is built beside the target.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .manifest import MANIFEST, Manifest
from .state import Stamp

AT_FDCWD = -100
RENAME_EXCHANGE = 2  # see renameat2(2)
# How many files that are not ours a refusal names.
NAMED = 3


class RefusedTarget(ValueError):
    """The folder cannot be written to; the message says why and what to do."""


class Target:
    """A folder that holds an earlier export, or nothing; `workshop` is a folder of the site."""

    def __init__(self, path: Path, workshop: Path | None = None):
        self.path = Path(os.path.abspath(path))
        self.workshop = workshop
        self.beside = self.path.parent / f".{self.path.name}.export"
        self.former = self.path.parent / f".{self.path.name}.former"
        self.stamps: dict[str, Stamp] = {}

    def check(self) -> Manifest:
        """Return what the earlier export wrote; raise RefusedTarget if anything else is there."""
        if not self.path.name:
            raise RefusedTarget(f"{self.path} cannot be the copy: name a folder in it.")
        self._recover()
        if self.path.is_symlink() or (self.path.exists() and not self.path.is_dir()):
            raise RefusedTarget(f"{self.path} is no folder: name a new one, or an earlier export.")
        if not self.path.exists():
            return Manifest()
        manifest = Manifest.read(self.path / MANIFEST)
        self.stamps, others = scan(self.path)
        ours = {*manifest.files, MANIFEST} if manifest.files else set()
        strangers = sorted([*(self.stamps.keys() - ours), *others])
        if not strangers:
            return manifest
        names = ", ".join(strangers[:NAMED]) + (" and more" if len(strangers) > NAMED else "")
        if not manifest.files:
            raise RefusedTarget(
                f"{self.path} is not empty and no earlier export ({names}): name a new folder. "
                "Nothing was touched."
            )
        raise RefusedTarget(
            f"{self.path} holds what the export did not write ({names}): move it away, for the "
            "folder is replaced as a whole. Nothing was touched."
        )

    @contextmanager
    def replacement(self, dry_run: bool = False) -> Iterator[Draft]:
        """Give a folder to build the new copy in; it takes the old one's place at the end.

        The old one stays if the block raises. With `dry_run` nothing is written at all.
        """
        if dry_run:
            yield Draft(None, self.path, self.stamps)
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with _locked(self.beside):
            place = self._place()
            try:
                yield Draft(place, self.path, self.stamps)
                self._swap(place)
            finally:
                for folder in (self.beside, self.former):
                    shutil.rmtree(folder, ignore_errors=True)

    def _place(self) -> Path:
        """Return where the new copy is built: in the workshop, if it can be moved from there."""
        if not self.workshop:
            return self.beside
        probe, there = self.beside / "probe", self.workshop / "probe"
        try:
            probe.mkdir()
            probe.rename(there)
            there.rmdir()
        except OSError:  # it is on another disk
            shutil.rmtree(probe, ignore_errors=True)
            return self.beside
        return self.workshop / "copy"

    def _swap(self, place):
        if not self.path.exists():
            place.rename(self.path)
        elif not _exchange(place, self.path):
            self.path.rename(self.former)
            place.rename(self.path)
            if place != self.beside:
                self.former.rename(place)

    def _recover(self):
        """Undo the half of a swap, where a killed export left one."""
        if self.former.is_dir() and not self.path.exists():
            self.former.rename(self.path)


class Draft:
    """A copy that is being built in `folder`, `former` being the one it is to replace.

    `stamps` are those of the former one's files. Without a folder it only says what it would
    write. What an earlier copy left in the folder is used again.
    """

    def __init__(self, folder: Path | None, former: Path, stamps: dict[str, Stamp]):
        self.folder = str(folder) if folder else None
        self.former = str(former)
        self.stamps = stamps
        self.there: dict[str, Stamp] = {}
        self.made = {self.folder}
        if folder:
            folder.mkdir(mode=0o755, exist_ok=True)
            self.there, others = scan(folder)
            for name in others:
                os.unlink(folder / name)

    def write(self, name: str, content: bytes) -> tuple[Stamp, bool]:
        """Write a file, or keep the one that is the same; return its stamp, and whether it is new.

        A file is never changed: it may be part of the former copy.
        """
        if self._was(name, content):
            return self.keep(name), False
        if not self.folder:
            return Stamp(len(content), 0), True
        with open(self._place(name), "xb", buffering=0) as file:
            file.write(content)
            return _stamp(os.fstat(file.fileno())), True

    def keep(self, name: str) -> Stamp:
        """Take a file over as it was."""
        stamp = self.stamps[name]
        if self.folder and self.there.get(name) != stamp:
            source, place = f"{self.former}/{name}", self._place(name)
            try:
                os.link(source, place)
            except OSError:  # a file system without links
                shutil.copy2(source, place)
        return stamp

    def keep_only(self, names: Collection[str]) -> None:
        """Remove what an earlier copy left in the folder besides these."""
        folders = set()
        for name in self.there.keys() - set(names):
            with suppress(OSError):  # a folder has taken its place
                os.unlink(f"{self.folder}/{name}")
                folders.add(os.path.dirname(name))
        for folder in sorted(folders, reverse=True):
            with suppress(OSError):  # it is not empty
                while folder:
                    os.rmdir(f"{self.folder}/{folder}")
                    folder = os.path.dirname(folder)

    def _was(self, name, content):
        stamp = self.stamps.get(name)
        if stamp is None or stamp.size != len(content):
            return False
        try:
            with open(f"{self.former}/{name}", "rb") as file:
                return file.read() == content
        except OSError:
            return False

    def _place(self, name: str) -> str:
        """Return where a file is to be written: a place with nothing in it."""
        folder, _, last = name.rpartition("/")
        folder = f"{self.folder}/{folder}" if folder else self.folder
        if folder not in self.made:
            self._make(folder)
            self.made.add(folder)
        place = f"{folder}/{last}"
        if name in self.there:
            os.unlink(place)
        elif self.there and os.path.isdir(place):
            shutil.rmtree(place)
        return place

    def _make(self, folder):
        try:
            os.makedirs(folder, exist_ok=True)
        except (FileExistsError, NotADirectoryError):  # an earlier copy had a file there
            file = folder
            while not os.path.isfile(file):
                file = os.path.dirname(file)
            os.unlink(file)
            os.makedirs(folder, exist_ok=True)


def scan(folder: Path) -> tuple[dict[str, Stamp], list[str]]:
    """Return the stamps of all files below a folder, and the names of what is no plain file."""
    found: dict[str, Stamp] = {}
    others: list[str] = []
    waiting = [""]
    while waiting:
        start = waiting.pop()
        with os.scandir(f"{folder}/{start}") as entries:
            for entry in entries:
                name = start + entry.name
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{name}/")
                elif entry.is_file(follow_symlinks=False):
                    found[name] = _stamp(entry.stat(follow_symlinks=False))
                else:
                    others.append(name)
    return found, others


def _stamp(stat):
    return Stamp(stat.st_size, stat.st_mtime_ns)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Make an empty folder and hold it; what a killed export left there is removed."""
    if folder.is_dir():
        with _lock(folder):
            shutil.rmtree(folder)
    folder.mkdir(mode=0o755)
    with _lock(folder):
        yield


@contextmanager
def _lock(folder):
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise RefusedTarget(
            f"Another export is writing there ({folder}): wait until it has ended."
        ) from error
    finally:
        os.close(handle)


def _exchange(a: Path, b: Path) -> bool:
    """Swap two folders in one step; return False where the system has no such step."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    paths = os.fsencode(a), os.fsencode(b)
    if rename(AT_FDCWD, paths[0], AT_FDCWD, paths[1], RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL):
        return False
    raise OSError(code, os.strerror(code), str(b))
