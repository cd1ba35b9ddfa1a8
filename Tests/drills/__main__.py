"""Runs drills by their names."""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections.abc import Callable

from drills import clock, disk, files, limits, sizes, ways_out
from drills.leaks import leaks
from drills.program import BrokenPromiseError
from drills.soak import soak

#: The drills: what is promised, and how it is tried some times with a seed.
DRILLS: dict[str, tuple[str, Callable[[str, int, random.Random], int]]] = {
    "ways-out": (
        "every way out, from every view and overlay, gives the terminal back",
        lambda program, times, choices: ways_out.drill(program, places(times, choices)),
    ),
    "kill-compare": ("a killed comparison keeps each finished run", files.kill_comparison),
    "kill-export": ("a killed export leaves no file, or a whole one", files.kill_export),
    "kill-explorer": ("a killed explorer has kept each change", files.kill_explorer),
    "full-disk": ("a full disk is named, and nothing is half written", files.fill_disk),
    "tiny-disk": ("a disk that is really full is named", disk.fill),
    "closed-folder": (
        "a folder that nobody may write in is named",
        lambda program, *_: files.forbid_writing(program),
    ),
    "two-at-once": (
        "two processes never write to one file",
        lambda program, *_: files.write_at_once(program),
    ),
    "little": (
        "little memory, few files and a small stack end in a sentence, or in the system's way",
        lambda program, *_: limits.little(program),
    ),
    "sizes": (
        "what an experiment needs is said before it is taken, and is enough",
        sizes.sizes,
    ),
    "clock": ("a clock that jumps stops, spins and loses nothing", clock.jump),
    "closed": (
        "closed standard descriptors",
        lambda program, *_: limits.closed(program),
    ),
    "bare": ("no variables, or nonsense", lambda program, *_: limits.bare(program)),
    "explorer-limits": (
        "the explorer under limits gives the terminal back",
        lambda program, *_: limits.explorer(program),
    ),
    "changing-data": (
        "a table that changes while it is read is read or refused",
        limits.changing_data,
    ),
}

#: Drills that take minutes, and are done where they are named.
LONG: dict[str, Callable[[str, int, int], None]] = {
    "leaks": lambda program, _, seed: leaks(program, seed),
    "soak": soak,
}


def positive(text: str) -> int:
    """A whole number above 0, for an option."""
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def places(times: int, choices: random.Random) -> list[str]:
    """Some of the places in the explorer, or all."""
    every = list(ways_out.PLACES)
    return every if times >= len(every) else choices.sample(every, times)


def main() -> int:
    """Runs the drills that are named. Returns: the exit status."""
    names = argparse.ArgumentParser(prog="Scripts/drill", description=__doc__)
    names.add_argument(
        "drill",
        nargs="*",
        help=f"{', '.join([*DRILLS, *LONG])}; without a name all but the last two",
    )
    names.add_argument("--times", type=positive, default=300, help="how often it is tried; 300")
    names.add_argument("--minutes", type=positive, default=10, help="how long soak plays; 10")
    names.add_argument("--seed", type=int, default=1, help="the seed of moments and keys; 1")
    given = names.parse_args()
    wanted = given.drill or list(DRILLS)
    if unknown := set(wanted) - {*DRILLS, *LONG}:
        names.error(f"there is no drill {', '.join(sorted(unknown))}")
    program = os.environ["DROPSCOPE_BINARY"]
    status = 0
    for name in wanted:
        try:
            if name in LONG:
                LONG[name](program, given.minutes, given.seed)
                continue
            promise, drill = DRILLS[name]
            start = time.monotonic()
            runs = drill(program, given.times, random.Random(given.seed))
            print(f"{name}: {promise}: {runs:,} runs, {time.monotonic() - start:.0f} s", flush=True)
        except BrokenPromiseError as broken:
            print(f"{name}: BROKEN: {broken}", flush=True)
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
