"""Runs something in a process of its own that is killed at some moment, again and again.

`killing WHAT TIMES`, of `WHAT` in killed.py: prints how many runs came to their end; ends with an
error if one left something half done.
"""

import os
import random
import signal
import sys
import time

import django

django.setup()

from django.db import connections  # noqa: E402

from tests.heavy.killed import WHAT  # noqa: E402


def start(run):
    """Run a function in a child process with all its children; return its number."""
    connections.close_all()
    if child := os.fork():
        return child
    try:
        os.setpgid(0, 0)
        run()
    finally:
        os._exit(0)


def main(name, times):
    choice = random.Random(7)
    case = WHAT[name]()
    case.prepare("first")
    before = time.monotonic()
    os.waitpid(start(case.run), 0)
    takes = time.monotonic() - before
    if not case.came_whole():
        sys.exit("A run that nobody killed came to nothing.")
    whole = 0
    for number in range(times):
        case.prepare(number)
        child = start(case.run)
        time.sleep(choice.uniform(0, takes * 1.5))
        # Its children too, if it has had the time to become the head of a group.
        for kill in (os.killpg, os.kill):
            try:
                kill(child, signal.SIGKILL)
            except ProcessLookupError:
                continue
        os.waitpid(child, 0)
        whole += case.came_whole()
    case.prepare("last")
    os.waitpid(start(case.run), 0)
    if not case.came_whole():
        sys.exit("After the killed ones no run comes to its end.")
    sys.stdout.write(f"{times} times {name} killed within {takes:.2f} s: {whole} whole, ")
    sys.stdout.write("the rest not at all\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
