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
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from .index import Index
from .manifest import MANIFEST, Head, read_files, read_head
from .state import Stamp

AT_FDCWD = -100
RENAME_EXCHANGE = 2  # see renameat2(2)
# How many files that are not ours a refusal names.
NAMED = 3
# Bytes that are written at once.
PIECE = 1 << 17


class RefusedTarget(ValueError):
    """The folder cannot be written to; the message says why and what to do."""


class Former(NamedTuple):
    """What stands in the target: what it is of, and in how many files."""

    head: Head
    count: int


class Target:
    """A folder that holds an earlier export, or nothing; `workshop` is a folder of the site."""

    def __init__(self, path: Path, workshop: Path | None = None):
        self.path = Path(os.path.abspath(path))
        self.workshop = workshop
        self.beside = self.path.parent / f".{self.path.name}.export"
        self.former = self.path.parent / f".{self.path.name}.former"
        self.index = Index()
        # Whether the draft is known to hold the same files but those that the state calls fresh.
        self.is_alike = False

    def check(self, is_sealed: bool = False) -> Former:
        """Return what the earlier export wrote; raise RefusedTarget if anything else is there.

        `is_sealed`: it is known to hold just what the state in the workshop says.
        """
        self.check_place()
        if not self.path.exists():
            return Former(Head(), 0)
        if is_sealed:
            with self.index.joined(self.workshop):
                self.index.put_sealed()
            return Former(read_head(self.path / MANIFEST), self.index.count("said"))
        manifest = self.path / MANIFEST
        self.index.put_said(name for name, _ in read_files(manifest))
        others: list[str] = []
        self.index.put_there(
            (name, *stamp_of(entry.stat(follow_symlinks=False)), entry.inode())
            for name, entry in scan(self.path, others)
        )
        former = Former(read_head(manifest), self.index.count("said"))
        strangers = sorted([*self.index.strangers(NAMED + 1), *others])
        if not strangers:
            return former
        names = ", ".join(strangers[:NAMED]) + (" and more" if len(strangers) > NAMED else "")
        if not former.count:
            raise RefusedTarget(
                f"{self.path} is not empty and no earlier export ({names}): name a new folder. "
                "Nothing was touched."
            )
        raise RefusedTarget(
            f"{self.path} holds what the export did not write ({names}): move it away, for the "
            "folder is replaced as a whole. Nothing was touched."
        )

    def check_place(self) -> None:
        """Raise RefusedTarget if no copy can stand there."""
        if not self.path.name:
            raise RefusedTarget(f"{self.path} cannot be the copy: name a folder in it.")
        self._recover()
        if self.path.is_symlink() or (self.path.exists() and not self.path.is_dir()):
            raise RefusedTarget(f"{self.path} is no folder: name a new one, or an earlier export.")

    @contextmanager
    def replacement(self, dry_run: bool = False) -> Iterator[Draft]:
        """Give a folder to build the new copy in; it takes the old one's place at the end.

        The old one stays if the block raises. With `dry_run` nothing is written at all.
        """
        if dry_run:
            yield Draft(None, self.path, self.index)
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with _locked(self.beside):
            place = self._place()
            try:
                is_alike = self.is_alike and place == self.spare
                yield Draft(place, self.path, self.index, is_alike)
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
        return self.spare

    @property
    def spare(self) -> Path | None:
        """Return the folder where the former copy stays."""
        return self.workshop and self.workshop / "copy"

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

    `index` says what of that is kept, and what else may differ where both folders are known to be
    `is_alike`. Without a folder it only says what it would write.
    """

    def __init__(self, folder: Path | None, former: Path, index: Index, is_alike: bool = False):
        self.is_alike = is_alike
        self.folder = str(folder) if folder else None
        self.former = str(former)
        self.has_former = former.is_dir()
        self.last = ""  # folder that was written in
        self.index = index
        if folder:
            folder.mkdir(mode=0o755, exist_ok=True)

    def __getstate__(self) -> dict[str, object]:
        """Return what other processes get, who write and do not ask what is kept."""
        return {name: value for name, value in vars(self).items() if name != "index"}

    def prepare(self) -> None:
        """Let the folder hold just the files that are kept, whatever an earlier copy left there."""
        if not self.folder:
            return
        if self.is_alike:
            for name in self.index.touched():
                if os.path.isfile(f"{self.folder}/{name}"):
                    self._clear(name)
            for name in self.index.kept_again():
                self._keep(name)
            return
        others: list[str] = []
        entries = scan(self.folder, others)
        self.index.put_spare((name, entry.inode()) for name, entry in entries)
        for name in others:
            os.unlink(f"{self.folder}/{name}")
        for name, *stamp in self.index.unlike():
            if stamp_of(os.lstat(f"{self.folder}/{name}")) != tuple(stamp):
                self._clear(name)
                self.index.put_cleared(name)
        for name in self.index.missing():
            self._keep(name)

    def write(self, name: str, content: bytes) -> tuple[Stamp, bool]:
        """Write a file, or keep the one that is the same; return its stamp, and whether it is new.

        A file is never changed: it may be part of the former copy.
        """
        if stamp := self._same(name, content):
            self._keep(name)
            return stamp, False
        if not self.folder:
            return Stamp(len(content), 0), True
        with self._create(name) as file:
            _fill(file, content)
            return stamp_of(os.fstat(file.fileno())), True

    def write_pieces(self, name: str, pieces: Iterable[bytes]) -> tuple[Stamp, bool]:
        """Write a file that is too long to be in memory as a whole, as `write` does."""
        size = 0
        with self._create(name) as file, self._former(name) as former:
            is_same = former is not None
            for piece in _gathered(pieces):
                is_same = is_same and former.read(len(piece)) == piece
                size += len(piece)
                _fill(file, piece)
            if is_same and not former.read(1):
                stamp, is_new = stamp_of(os.fstat(former.fileno())), False
            else:
                stamp, is_new = stamp_of(os.fstat(file.fileno()))._replace(size=size), True
        if self.folder and not is_new:
            os.unlink(f"{self.folder}/{name}")
            self._keep(name)
        return stamp, is_new

    def _keep(self, name):
        """Take a file over as it was."""
        if not self.folder:
            return
        source, place = f"{self.former}/{name}", f"{self.folder}/{name}"
        try:
            os.link(source, self._free(place))
        except OSError:  # a file system without links
            shutil.copy2(source, place)

    def _create(self, name) -> BinaryIO:
        """Open a new file; without a folder, one that goes nowhere."""
        if not self.folder:
            return open(os.devnull, "wb")
        place = f"{self.folder}/{name}"
        folder = os.path.dirname(place)
        if folder != self.last:  # the files of a paper are written in turn
            with suppress(OSError):
                os.mkdir(folder)
            self.last = folder
        try:
            return open(place, "xb", buffering=0)
        except OSError:
            return open(self._free(place), "xb", buffering=0)

    def _free(self, place):
        """Make room for a file where only folders of files that have gone may be."""
        if os.path.isdir(place):
            shutil.rmtree(place)
        os.makedirs(os.path.dirname(place), exist_ok=True)
        return place

    def _clear(self, name):
        """Remove a file, and the folders that were there for it."""
        os.unlink(f"{self.folder}/{name}")
        folder = os.path.dirname(name)
        with suppress(OSError):  # it is not empty
            while folder:
                os.rmdir(f"{self.folder}/{folder}")
                folder = os.path.dirname(folder)

    @contextmanager
    def _former(self, name) -> Iterator[BinaryIO | None]:
        """Open a file of the former copy, if there is one."""
        with ExitStack() as stack:
            file = None
            if self.has_former:
                with suppress(OSError):
                    file = stack.enter_context(open(f"{self.former}/{name}", "rb"))
            yield file

    def _same(self, name, content) -> Stamp | None:
        """Return the stamp of a file in the former copy if this is what is in it."""
        with self._former(name) as file:
            if file is None:
                return None
            stamp = stamp_of(os.fstat(file.fileno()))
            return stamp if stamp.size == len(content) and file.read() == content else None


def _fill(file, content):
    """Write all of it: a disk that is nearly full takes a part and says nothing."""
    left = memoryview(content)
    while left:
        left = left[file.write(left) :]


def _gathered(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield small pieces together, so that a file is written in few steps."""
    gathered = bytearray()
    for piece in pieces:
        gathered += piece
        if len(gathered) >= PIECE:
            yield bytes(gathered)
            gathered.clear()
    if gathered:
        yield bytes(gathered)


def scan(folder: Path | str, others: list[str]) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield all files below a folder with their names; add those of what is no plain file."""
    # One folder of each depth is open at a time.
    open_folders = [("", os.scandir(folder))]
    try:
        while open_folders:
            start, entries = open_folders[-1]
            for entry in entries:
                name = start + entry.name
                if entry.is_dir(follow_symlinks=False):
                    open_folders.append((f"{name}/", os.scandir(entry)))
                    break
                if entry.is_file(follow_symlinks=False):
                    yield name, entry
                else:
                    others.append(name)
            else:
                open_folders.pop()[1].close()
    finally:
        for _, entries in open_folders:
            entries.close()


def stamp_of(stat):
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
