"""Every way out, from every view and overlay, gives the terminal back."""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Callable
from pathlib import Path

from drills import overflow
from drills.program import BrokenPromiseError, Program, folder

#: Where a person may be, and the keys that lead there from the start.
PLACES: dict[str, list[str]] = {
    "live": [],
    "sums": ["2"],
    "race": ["3"],
    "average": ["4"],
    "step": ["5"],
    "data": ["6"],
    "running": [" "],
    "help": ["?"],
    "questions": ["?", "?"],
    "an answer": ["?", "?", "1"],
    "the variants": ["v"],
    "a unit's menu": ["m"],
    "the palette": [":", "keep"],
    "an explanation": ["i"],
    "formulas": ["i", "i"],
    "a zoomed panel": ["\t", "z"],
    "going to a step": ["g"],
    "branches": ["b"],
    "saving": ["S"],
    "writing": ["w"],
    "the lessons": ["t"],
    "a lesson": ["t", "\r"],
}
#: Where letters are text: `q` ends nothing there.
TYPED = {"the palette", "going to a step", "saving", "writing"}


def press_q(program: Program, place: str) -> None:
    """Quits by key; out of a text field first."""
    if place in TYPED:
        program.press("\x1b")
        program.settle()
    program.press("q")


def by_signal(number: int) -> Callable[[Program, str], None]:
    """A way out by a signal."""
    return lambda program, _: program.signal(number)


def stop_and_go(program: Program, place: str) -> None:
    """Ctrl-Z gives the terminal back, fg takes it again, and q ends it."""
    program.press("\x1a")
    if program.take_event() != "stopped":
        raise BrokenPromiseError(f"Ctrl-Z ended it with status {program.status}")
    program.settle()
    program.check_given_back()
    program.drawn = b""
    program.signal(signal.SIGCONT)
    program.wait_for("\x1b[?1049h")
    program.settle()
    press_q(program, place)


def close_terminal(program: Program, _: str) -> None:
    """The terminal goes away."""
    program.hang_up()


def starve(program: Program, _: str) -> None:
    """No more memory: what is asked for next is not there."""
    text = Path(f"/proc/{program.process}/statm").read_text()
    program.limit(resource.RLIMIT_AS, int(text.split()[0]) * os.sysconf("SC_PAGE_SIZE"))
    program.press("\x1b")
    for width in range(100, 300, 20):
        if program.has_ended():
            return
        program.resize(width, 60)
        program.press("3")
        program.drain(0.1)
        program.press("4")
        program.drain(0.1)
    program.signal(signal.SIGTERM)


def overflow_first(program: Program, _: str) -> None:
    """The stack of the thread that draws overflows."""
    # The kernel may not make it larger.
    program.limit(resource.RLIMIT_STACK, os.sysconf("SC_PAGE_SIZE"))
    overflow.overflow(program.process, program.process)


def overflow_any(program: Program, place: str) -> None:
    """The stack of another thread overflows; another one for each place."""
    others = overflow.threads(program.process)[1:]
    overflow.overflow(program.process, others[list(PLACES).index(place) % len(others)])


#: The ways out, and the statuses that they may end with; None is any, as the system chooses.
WAYS: dict[str, tuple[Callable[[Program, str], None], set[int] | None]] = {
    "q": (press_q, {0}),
    "Ctrl-C": (lambda program, _: program.press("\x03"), {0}),
    "INT": (by_signal(signal.SIGINT), {0}),
    "TERM": (by_signal(signal.SIGTERM), {143, -signal.SIGTERM}),
    "HUP": (by_signal(signal.SIGHUP), {129, -signal.SIGHUP}),
    "QUIT": (by_signal(signal.SIGQUIT), {131, -signal.SIGQUIT}),
    "trap": (by_signal(signal.SIGILL), {-signal.SIGILL}),
    "abort": (by_signal(signal.SIGABRT), {-signal.SIGABRT}),
    "fault": (by_signal(signal.SIGSEGV), {-signal.SIGSEGV}),
    "stack overflow": (overflow_first, {-signal.SIGSEGV}),
    "overflow of another thread's stack": (overflow_any, {-signal.SIGSEGV}),
    "Ctrl-Z, fg and q": (stop_and_go, {0}),
    "out of memory": (starve, None),
    "the terminal is closed": (close_terminal, {129, -signal.SIGHUP, 0, 74}),
}


def drill(dropscope: str, places: list[str]) -> int:
    """Goes every way out from every place. Returns: the number of runs."""
    runs = 0
    obstacle = overflow.obstacle()
    if obstacle is not None:
        print(f"  left out: stacks that overflow: {obstacle}", flush=True)
    for place in places:
        for way, (leave, statuses) in WAYS.items():
            if obstacle is not None and leave in (overflow_first, overflow_any):
                continue
            runs += 1
            try:
                leave_once(dropscope, place, leave, statuses, is_closed=leave is close_terminal)
            except BrokenPromiseError as broken:
                raise BrokenPromiseError(f"{way}, from {place}: {broken}") from None
    return runs


def leave_once(
    dropscope: str,
    place: str,
    leave: Callable[[Program, str], None],
    statuses: set[int] | None,
    *,
    is_closed: bool,
) -> None:
    """Goes one way out from one place."""
    with folder() as home, Program([dropscope, "--steps", "60"], home) as program:
        program.wait_for("1 live")
        program.settle()
        for key in PLACES[place]:
            program.press(key)
            program.settle(seconds=1)
        leave(program, place)
        status = program.end(60)
        if not is_closed:
            program.check_given_back()
        if statuses is not None and status not in statuses:
            raise BrokenPromiseError(f"its status is {status}, not one of {sorted(statuses)}")
