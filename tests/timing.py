"""The CPU time of some work, to be compared with that of other work: never with a clock."""

import gc
import time


def seconds(work, runs=3):
    """Return the least CPU time of a few runs: what else the machine does only adds to it."""
    times = []
    for _ in range(runs):
        gc.collect()
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def grows_with_its_size(work, small, large):
    """Return whether work on what is four times as large takes about four times as long.

    It would be sixteen times if it grew with the square. The bound is as far from one as from the
    other, so that another machine, or a busy one, does not decide; the floor keeps the noise of
    short times out, and only who seems to be slow is measured again.
    """
    long = short = float("inf")
    for _ in range(3):
        long = min(long, seconds(lambda: work(large), runs=1))
        short = min(short, seconds(lambda: work(small), runs=1))
        if long <= 8 * max(short, 0.005):
            return True
    return False
