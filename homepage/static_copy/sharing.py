"""Shares work out to processes that begin as copies of this one."""

from __future__ import annotations

import os
import pickle
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import TypeVar

from django.db import connections

Item = TypeVar("Item")
Result = TypeVar("Result")
# Is given the number of the share and its items, and returns what the process is to hand back.
Work = Callable[[int, Iterable[Item]], Result]


class WorkerDied(RuntimeError):
    """A process ended before its work was done: it was killed, or memory ran out."""


def shared_out(
    work: Work, items: Sequence[Item], jobs: int, tick: Callable[[], object]
) -> list[Result]:
    """Return what `work` returns for each of `jobs` shares; `tick` is called for each item done.

    A process gets the next item when it is done with one: what takes long should come first. With
    one job it is done here. What a worker raises is raised here.
    """
    if jobs == 1:
        return [work(0, _ticking(items, tick))]
    connections.close_all()  # each process opens its own
    fork = get_context("fork")
    found: dict[int, Result] = {}
    workers = {}
    try:
        for number in range(jobs):
            ours, theirs = fork.Pipe()
            worker = fork.Process(target=_work, args=(work, number, items, theirs), daemon=True)
            worker.start()
            theirs.close()
            workers[ours] = worker
        places = iter(range(len(items)))
        while len(found) < jobs:
            for ready in wait(list(workers)):
                _receive(ready, workers, found, places, tick)
    finally:
        for connection, worker in workers.items():
            worker.terminate()
            worker.join()
            connection.close()
    return [found[number] for number in range(jobs)]


@contextmanager
def apart(work: Callable[[], Result], jobs: int) -> Iterator[Callable[[], Result]]:
    """Let a process do some work meanwhile; give a function that waits for it and returns it.

    With one job that function does it.
    """
    if jobs == 1:
        yield work
        return
    connections.close_all()
    fork = get_context("fork")
    ours, theirs = fork.Pipe()
    worker = fork.Process(
        target=_work, args=(lambda number, items: work(), 0, (), theirs), daemon=True
    )
    worker.start()
    theirs.close()
    workers, found = {ours: worker}, {}

    def wait_for_it():
        _receive(ours, workers, found, iter(()), lambda: None)
        return found[0]

    try:
        yield wait_for_it
    finally:
        worker.terminate()
        worker.join()
        ours.close()


def _receive(connection, workers, found, places, tick):
    try:
        kind, number, value = connection.recv()
        if kind == "next":
            connection.send(next(places, None))
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
        worker = workers.pop(connection)
        worker.join()
        connection.close()


def _work(work, number, items, connection: Connection):
    try:
        done = work(number, _asked_for(items, number, connection))
        connection.send(("done", number, done))
    except Exception as error:  # noqa: BLE001 it is raised again where it is received
        connection.send(("raised", number, _portable(error)))
    finally:
        connection.close()
        os._exit(0)


def _asked_for(items, number, connection) -> Iterator[Item]:
    """Yield items as long as there are any that no other process has got."""
    is_done = False
    while True:
        connection.send(("next", number, is_done))
        place = connection.recv()
        if place is None:
            return
        yield items[place]
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
