"""The memory that a configuration needs is said before it is taken, and it is enough."""

from __future__ import annotations

import os
import random
import re
import resource
import subprocess
from pathlib import Path

from drills.limits import MEGABYTE, bound, run
from drills.program import BrokenPromiseError, Program, environment, folder

#: Far more than `ROOM`, in every way that parameters allow.
HUGE = {
    "layers": ["--hidden", ",".join(["4096"] * 8), "--batch", "1000000", "--examples", "1000000"],
    "masks of weights": [
        "--dropout-noise", "dropconnect", "--hidden", "4096,4096", "--batch", "100000",
        "--examples", "200000",
    ],
}  # fmt: skip
#: Sizes that every machine has, one for each part of the memory.
SIZES = {
    "layers": ["--hidden", "700,700,700"],
    "batches": ["--batch", "30000", "--examples", "60000", "--hidden", "64,64"],
    "learners": [
        "--hidden", "400,400", "--variant", "bagging", "--learners", "12", "--optimizer", "adam",
    ],
}  # fmt: skip
#: The commands that take such parameters, and as few steps as they can.
COMMANDS = [
    ["train", "--steps", "1"],
    ["trace", "--at", "0"],
    ["export", "--steps", "1", "--out", "weights.safetensors"],
    ["snapshot", "--steps", "1"],
    ["explore", "--plain", "--steps", "1"],
    ["ensemble", "--steps", "1", "--samples", "2"],
    ["compare", "--seeds", "2", "--steps", "1"],
]
#: The memory that a huge size gets, so that it does not fit on a large machine either.
ROOM = 1000 * MEGABYTE
NEEDS = re.compile(r"needs about ([\d.]+) (MB|GB) of memory, and [\d.]+ (?:MB|GB) may be used")
#: The megabytes of the program without any experiment, at most.
PROGRAM = 40


def words(command: list[str], options: list[str]) -> list[str]:
    """A command with options, as it names them."""
    if command[0] != "compare":
        return [*command, *options]
    if "--variant" not in options:
        return [*command, "--variants", "classic", *options]
    return [*command, *(option.replace("--variant", "--variants") for option in options)]


def needed(errors: str) -> float | None:
    """The megabytes that a refusal names."""
    found = NEEDS.search(errors)
    return float(found[1]) * (1000 if found[2] == "GB" else 1) if found else None


def peak(command: list[str], home: Path) -> tuple[int, float]:
    """Runs it. Returns: its status, and the most megabytes that it had in memory."""
    with open(os.devnull, "r+b") as nothing:
        process = subprocess.Popen(
            command, cwd=home, env=environment(home), stdin=nothing, stdout=nothing, stderr=nothing
        )
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, usage.ru_maxrss * 1024 / 1e6


def refuse(dropscope: str, home: Path, commands: list[list[str]]) -> int:
    """Memory that there is not is refused with its number."""
    bounded = bound(resource.RLIMIT_DATA, ROOM)
    runs = 0
    for command in commands:
        for name, options in HUGE.items():
            given = words(command, options)
            # Its option --examples names examples.
            if command[0] == "ensemble":
                continue
            ended = run([dropscope, *given], home, bounded)
            runs += 1
            if ended.returncode != 64 or needed(ended.stderr.decode()) is None:
                raise BrokenPromiseError(
                    f"{command[0]} with huge {name} ends with status {ended.returncode}:"
                    f" {ended.stderr[-300:]!r}"
                )
    many = run(
        [dropscope, "compare", "--variants", "classic", "--seeds", "1000000000"], home, bounded
    )
    if many.returncode != 64 or b"1000000000 runs" not in many.stderr:
        raise BrokenPromiseError(f"a comparison of 10^9 runs: {many.stderr[-300:]!r}")
    return runs + 1


def suffice(dropscope: str, home: Path, commands: list[list[str]]) -> int:
    """The number in a refusal is at least what is taken, and not many times as much."""
    runs = 0
    for command in commands:
        for name, options in SIZES.items():
            given = words(command, options)
            if command[0] == "ensemble" and name != "layers":
                continue
            # The threads of a comparison need room for their stacks.
            room = (32 if command[0] == "compare" else 8) * MEGABYTE
            refused = run([dropscope, *given], home, bound(resource.RLIMIT_DATA, room))
            said = needed(refused.stderr.decode())
            if said is None:
                raise BrokenPromiseError(
                    f"{command[0]} with {name} and little memory ends with status"
                    f" {refused.returncode}: {refused.stderr[-300:]!r}"
                )
            status, taken = peak([dropscope, *given], home)
            runs += 2
            if status != 0 or not said / 4 <= taken <= said * 1.1 + PROGRAM:
                raise BrokenPromiseError(
                    f"{command[0]} with {name} says {said:.0f} MB, takes {taken:.0f} MB, and ends"
                    f" with status {status}"
                )
    return runs


def tables(dropscope: str, home: Path, choices: random.Random) -> int:
    """The memory of a table is said before it is taken, and is enough."""
    for rows, columns in ((300_000, 2), (30_000, 60)):
        path = home / "table.csv"
        cells = [",".join(choices.choices("0123456789", k=columns)) for _ in range(1000)]
        with path.open("w") as table:
            table.write(",".join(f"x{column}" for column in range(columns)) + ",y\n")
            for row in range(rows):
                table.write(f"{cells[row % 1000]},{row % 2}\n")
        command = [dropscope, "train", "--steps", "1", "--data", path.name]
        # Enough for the file, and not for its examples.
        room = path.stat().st_size + 6 * MEGABYTE
        refused = run(command, home, bound(resource.RLIMIT_DATA, room))
        said = needed(refused.stderr.decode())
        status, taken = peak(command, home)
        if refused.returncode != 65 or status != 0 or said is None or taken > said * 1.1 + PROGRAM:
            raise BrokenPromiseError(
                f"a table of {rows} rows and {columns} columns takes {taken:.0f} MB and ends with"
                f" status {status}; with little memory {refused.returncode}:"
                f" {refused.stderr[-300:]!r}"
            )
    return 4


def resume(dropscope: str, home: Path) -> int:
    """A session whose changes need more than there is is refused before its steps are taken."""
    options = ["--examples", "60000", "--hidden", "64,64", "--steps", "0"]
    with Program([dropscope, *options], home) as program:
        program.wait_for("1 live")
        program.press(":")
        program.press("batch 30000\r")
        program.settle()
        program.press("\x1b")
        program.settle(0.6, 2)
        program.press("q")
        program.end()
    listed = run([dropscope, "sessions"], home, lambda: None).stdout.decode()
    name = listed.splitlines()[1].split()[0]
    command = [dropscope, "train", "--resume", name, "--steps", "1"]
    gone_on = run(command, home, lambda: None)
    refused = run(command, home, bound(resource.RLIMIT_DATA, 40 * MEGABYTE))
    if gone_on.returncode != 0 or needed(refused.stderr.decode()) is None:
        raise BrokenPromiseError(
            f"a session with a large batch is gone on with status {gone_on.returncode}, and with"
            f" little memory {refused.returncode}: {refused.stderr[-300:]!r}"
        )
    return 2


def sizes(dropscope: str, times: int, choices: random.Random) -> int:
    """Sizes that do not fit, and sizes that fit, with some of the commands, or all."""
    commands = choices.sample(COMMANDS, min(times, len(COMMANDS)))
    with folder() as home:
        return (
            refuse(dropscope, home, commands)
            + suffice(dropscope, home, commands)
            + tables(dropscope, home, choices)
            + resume(dropscope, home)
        )
