"""Shares work out to processes that begin as copies of this one."""

from __future__ import annotations

import os
import pickle
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

from django.db import connections

Item = TypeVar("Item")
Result = TypeVar("Result")
# Is given the number of the share and its items, and returns what the process is to hand back.
Work = Callable[[int, Iterable[Item]], Result]


class WorkerDied(RuntimeError):
    """A process ended before its work was done: it was killed, or memory ran out."""


class Crew(Generic[Item, Result]):
    """Processes that share some work; they go when the block ends.

    A process gets the next item when it is done with one: what takes long should come first. With
    one job, as long as no process was called, the work is done here. What a worker raises is
    raised here.

    `first` is what the first process finds out before all else, and `practise` is what each does
    then, as long as there is no work.
    """

    def __init__(
        self,
        work: Work[Item, Result],
        jobs: int,
        first: Callable[[], object] = lambda: None,
        practise: Callable[[], object] = lambda: None,
    ):
        self.work = work
        self.jobs = jobs
        self.first = first
        self.practise = practise
        self.workers: dict[Connection, BaseProcess] = {}

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *error: object) -> None:
        for connection, worker in self.workers.items():
            worker.terminate()
            worker.join()
            connection.close()
        self.workers.clear()

    def call(self, count: int) -> None:
        """Let there be so many processes, which begin as copies of this one."""
        if count > len(self.workers):
            connections.close_all()  # each process opens its own
        fork = get_context("fork")
        for number in range(len(self.workers), count):
            ours, theirs = fork.Pipe()
            worker = fork.Process(target=self._run, args=(number, theirs), daemon=True)
            worker.start()
            theirs.close()
            self.workers[ours] = worker

    def found(self) -> object:
        """Return what the first process has found out. Raises WorkerDied."""
        if not self.workers:
            return self.first()
        found: dict[int, object] = {}
        while not found:
            self._receive(next(iter(self.workers)), iter(()), found, lambda: None)
        return found[0]

    def share(self, items: Sequence[Item], tick: Callable[[], object]) -> list[Result]:
        """Return what `work` returns for each share; `tick` is called for each item done.

        Raises WorkerDied. The processes that took part are gone after that.
        """
        jobs = min(self.jobs, len(items))
        if not items or (jobs == 1 and not self.workers):
            return [self.work(0, _ticking(items, tick))]
        self.call(jobs)
        left, found = iter(items), {}
        while self.workers:
            for ready in wait(list(self.workers)):
                self._receive(ready, left, found, tick)
        return [found[number] for number in sorted(found)]

    def _receive(self, connection, left, found, tick):
        try:
            kind, number, value = connection.recv()
            if kind == "next":
                connection.send(list(islice(left, 1)))
        except (EOFError, BrokenPipeError, ConnectionResetError) as error:
            raise WorkerDied(
                "A process of the export was ended from outside; is there enough memory?"
            ) from error
        if kind == "next":
            if value:
                tick()
        elif kind == "raised":
            raise value
        else:
            found[number] = value
            if kind == "done":
                self.workers.pop(connection).join()
                connection.close()

    def _run(self, number, connection: Connection):
        try:
            if not number:
                connection.send(("found", number, self.first()))
            self.practise()
            done = self.work(number, _asked_for(number, connection))
            connection.send(("done", number, done))
        except Exception as error:  # noqa: BLE001 it is raised again where it is received
            connection.send(("raised", number, _portable(error)))
        finally:
            connection.close()
            os._exit(0)


@contextmanager
def apart(work: Callable[[], Result], jobs: int) -> Iterator[Callable[[], Result]]:
    """Let a process do some work meanwhile; give a function that waits for it and returns it.

    With one job that function does it.
    """
    with Crew(lambda number, items: None, 1, work) as crew:
        if jobs > 1:
            crew.call(1)
        yield crew.found


def _asked_for(number, connection) -> Iterator[Item]:
    """Yield items as long as there are any that no other process has got."""
    is_done = False
    while True:
        connection.send(("next", number, is_done))
        if not (items := connection.recv()):
            return
        yield items[0]
        is_done = True


def _portable(error):
    """Return an error as another process can take it, with where it happened."""
    where = "".join(traceback.format_exception(error))
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 our own, just made
    except Exception:  # noqa: BLE001 whatever an error's own code does
        error = RuntimeError(f"{type(error).__name__}: {error}")
    error.add_note(where)
    return error


def _ticking(items: Iterable[Item], tick: Callable[[], object]) -> Iterator[Item]:
    for item in items:
        yield item
        tick()
