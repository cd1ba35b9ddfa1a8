"""Runs drills by their names."""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections.abc import Callable

from drills import clock, disk, files, limits, page, sizes, ways_out
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

#: A drill that takes minutes, and is done where it is named.
LEAKS = "leaks"


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


def drill(program: str, wanted: list[str], given: argparse.Namespace) -> int:
    """Does drills. Returns: how many are broken."""
    broken = 0
    rows = []
    for name in wanted:
        try:
            if name == LEAKS:
                leaks(program, given.seed)
                continue
            promise, trial = DRILLS[name]
            start = time.monotonic()
            runs = trial(program, given.times, random.Random(given.seed))
            took = time.monotonic() - start
            print(f"{name}: {promise}: {runs:,} runs, {took:.0f} s", flush=True)
            rows.append(f"| `{name}`: {promise} | {runs:,} | {took:.0f} |")
        except BrokenPromiseError as reason:
            print(f"{name}: BROKEN: {reason}", flush=True)
            broken += 1
    if given.write_docs and wanted == list(DRILLS) and broken == 0:
        command = f"Scripts/drill --times {given.times} --seed {given.seed}"
        heads = [f"`{command}`:", "", "| drill | runs | seconds |", "|---|---|---|"]
        page.write("drilled", [*heads, *rows])
    return broken


def soaking(given: list[str]) -> argparse.Namespace:
    """The options of a soak."""
    names = argparse.ArgumentParser(
        prog="Scripts/soak",
        description="Plays in the explorer with random keys at full speed; memory must stay flat.",
    )
    names.add_argument("--minutes", type=positive, default=10, help="how long; 10")
    names.add_argument("--seed", type=int, default=1, help="the seed of the keys; 1")
    names.add_argument("--write-docs", action="store_true", help="write docs/reliability.md")
    return names.parse_args(given)


def drilling(given: list[str]) -> argparse.Namespace:
    """The options of drills."""
    names = argparse.ArgumentParser(prog="Scripts/drill", description=__doc__)
    names.add_argument(
        "drill",
        nargs="*",
        help=f"{', '.join([*DRILLS, LEAKS])}; without a name all but the last",
    )
    names.add_argument("--times", type=positive, default=300, help="how often it is tried; 300")
    names.add_argument("--seed", type=int, default=1, help="the seed of moments and keys; 1")
    names.add_argument(
        "--write-docs",
        action="store_true",
        help="write docs/reliability.md, where all are done and none is broken",
    )
    options = names.parse_args(given)
    if unknown := set(options.drill) - {*DRILLS, LEAKS}:
        names.error(f"there is no drill {', '.join(sorted(unknown))}")
    return options


def main() -> int:
    """Runs the drills that are named, or soaks. Returns: the exit status."""
    given = sys.argv[1:]
    program = os.environ["DROPSCOPE_BINARY"]
    if given[:1] != ["--soak"]:
        options = drilling(given)
        return min(1, drill(program, options.drill or list(DRILLS), options))
    options = soaking(given[1:])
    try:
        soak(program, options.minutes, options.seed, writes=options.write_docs)
    except BrokenPromiseError as reason:
        print(f"BROKEN: {reason}", flush=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
