"""Work shared out to processes: all of it is done, and what goes wrong is told here."""

import os
import signal

import pytest

from homepage.static_copy.sharing import Crew, WorkerDied, apart


def shared_out(work, items, jobs, tick=lambda: None):
    with Crew(work, jobs) as crew:
        return crew.share(items, tick)


def squares(number, items):
    return [number, *(item * item for item in items)]


@pytest.mark.parametrize("jobs", [1, 2, 5])
@pytest.mark.django_db(transaction=True)
def test_each_item_is_done_once_whatever_the_number_of_processes(jobs):
    ticks = []

    found = shared_out(squares, range(7), jobs, lambda: ticks.append(1))

    assert [share[0] for share in found] == list(range(jobs))
    assert sorted(square for share in found for square in share[1:]) == [
        0, 1, 4, 9, 16, 25, 36,
    ]  # fmt: skip
    assert len(ticks) == 7


def fail(number, items):
    for item in items:
        if item == 3:
            raise LookupError(f"no {item}")


class Unportable(Exception):
    def __init__(self, one, two):
        super().__init__(one)


def fail_in_its_own_way(number, items):
    list(items)
    raise Unportable("this", "that")


@pytest.mark.django_db(transaction=True)
def test_what_a_process_raises_is_raised_here_with_its_place():
    with pytest.raises(LookupError, match="no 3") as caught:
        shared_out(fail, range(6), 2, lambda: None)

    assert "in fail" in caught.value.__notes__[0]


@pytest.mark.django_db(transaction=True)
def test_an_error_that_cannot_travel_is_told_in_words():
    with pytest.raises(RuntimeError, match="Unportable: this"):
        shared_out(fail_in_its_own_way, range(4), 2, lambda: None)


def die(number, items):
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.django_db(transaction=True)
def test_a_process_that_is_killed_is_noticed():
    with pytest.raises(WorkerDied, match="ended from outside"):
        shared_out(die, range(4), 2, lambda: None)


@pytest.mark.parametrize("called", [0, 1, 2, 3])
@pytest.mark.django_db(transaction=True)
def test_processes_that_were_called_before_there_is_work_share_it(called):
    with Crew(squares, 3, lambda: "found", lambda: None) as crew:
        crew.call(called)
        items = range(called, called + 6)  # known to nobody when the processes began
        first = crew.found()
        shares = crew.share(items, lambda: None)

    assert first == "found"
    squared = sorted(square for share in shares for square in share[1:])
    assert squared == [item * item for item in items]


@pytest.mark.django_db(transaction=True)
def test_a_process_that_is_not_needed_goes_with_the_block():
    with Crew(squares, 2) as crew:
        crew.call(1)
        (worker,) = crew.workers.values()
        assert crew.share([], lambda: None) == [[0]]

    assert not worker.is_alive()


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_what_is_found_out_apart_is_waited_for(jobs):
    with apart(os.getpid, jobs) as wait:
        assert (wait() == os.getpid()) == (jobs == 1)


@pytest.mark.django_db(transaction=True)
def test_what_goes_wrong_apart_is_raised_where_it_is_waited_for():
    with apart(lambda: {}["none"], 2) as wait, pytest.raises(KeyError, match="none"):
        wait()
