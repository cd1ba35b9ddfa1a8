"""A clock that jumps by hours while the explorer runs and saves."""

from __future__ import annotations

import ctypes
import mmap
import random
import re
import shutil
import subprocess
import time
from pathlib import Path

from drills.program import BrokenPromiseError, Program, environment, folder

SOURCE = Path(__file__).with_name("clock.c")
HOUR = 3600
#: The seconds in which a step must be taken, whatever the clock says.
PATIENCE = 10
#: More than this share of a core is a program that spins, where it only waits.
BUSY = 0.7


def build(home: Path) -> Path | None:
    """Compiles the clock; None where there is no compiler."""
    compiler = shutil.which("clang") or shutil.which("cc")
    if compiler is None:
        return None
    library = home / "clock.so"
    subprocess.run([compiler, "-O1", "-shared", "-fPIC", SOURCE, "-o", library, "-ldl"], check=True)
    return library


def processor_seconds(process: int) -> float:
    """The time of the processor that a process has taken."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def step(program: Program) -> int:
    """The step that is drawn beside the mark of a run; another size has everything drawn again."""
    program.drawn = b""
    program.resize(80 + len(program.pressed) % 7, 24)
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        program.drain(0.1)
        found = re.findall(rb"\xe2\x96\xb6 step ([\d,]+)", program.drawn)
        if found:
            return int(found[-1].replace(b",", b""))
    raise BrokenPromiseError(f"no step is drawn; it drew {program.drawn[-300:]!r}")


def check_goes_on(program: Program, hours: int) -> None:
    """Checks that the training that runs goes on."""
    first = step(program)
    end = time.monotonic() + PATIENCE
    while step(program) <= first:
        if time.monotonic() > end:
            raise BrokenPromiseError(f"the training stands still where the clock jumps {hours} h")


def jump(dropscope: str, times: int, choices: random.Random) -> int:
    """Trains and saves while the clock jumps forwards and backwards."""
    with folder() as home:
        library = build(home)
        if library is None:
            print("  left out: a clock that jumps: there is no compiler of C", flush=True)
            return 0
        for _ in range(min(times, 20)):
            jump_once(dropscope, home, library, choices)
    return min(times, 20)


def jump_once(dropscope: str, home: Path, library: Path, choices: random.Random) -> None:
    """Trains through some jumps, waits, changes a parameter, and ends."""
    page = home / "clock"
    page.write_bytes(bytes(8))
    variables = environment(home, LD_PRELOAD=str(library), DROPSCOPE_DRILL_CLOCK=str(page))
    with (
        page.open("r+b") as file,
        mmap.mmap(file.fileno(), 8) as memory,
        Program(
            [dropscope, "--speed", "100", "--steps", "100000"], home, variables=variables
        ) as program,
    ):
        offset = ctypes.c_long.from_buffer(memory)
        try:
            program.wait_for("1 live")
            for _ in range(4):
                program.drain(choices.uniform(0, 0.3))
                hours = choices.choice([-30, -5, -1, 1, 5, 30])
                offset.value += hours * HOUR
                check_goes_on(program, hours)
            program.press(" ")
            program.settle(0.3, 3)
            before = processor_seconds(program.process)
            program.drain(1)
            taken = processor_seconds(program.process) - before
            if taken > BUSY:
                raise BrokenPromiseError(f"it takes {taken:.1f} s of the processor while it waits")
            offset.value -= 7 * HOUR
            program.press("[")
            program.settle(0.3, 3)
            program.press("q")
            if program.end() != 0:
                raise BrokenPromiseError(f"it ends with status {program.status}")
            program.check_given_back()
        finally:
            del offset
    listed = subprocess.run(
        [dropscope, "sessions"],
        env=environment(home),
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    if not re.search(r"of \d+ +[\d,]+ +1\b", listed):
        raise BrokenPromiseError(f"the change is not in the list of sessions: {listed}")
