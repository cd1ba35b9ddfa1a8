"""Little memory, few files, closed descriptors, no home, odd clocks: a sentence, never a crash."""

from __future__ import annotations

import os
import random
import resource
import subprocess
from collections.abc import Callable
from pathlib import Path

from drills.program import BrokenPromiseError, Program, environment, folder

MEGABYTE = 1 << 20
#: Commands that end by themselves, and do all that the program can.
COMMANDS = [
    ["train", "--steps", "300"],
    ["snapshot", "--steps", "50"],
    ["trace", "--at", "0"],
    ["ensemble", "--steps", "20"],
    ["compare", "--variants", "unscaled,classic", "--seeds", "3", "--steps", "50"],
    ["verify", "--only", "mean"],
    ["translate", "nn.Dropout(0.2)"],
    ["sessions"],
    ["lesson"],
    ["--help"],
]
#: The statuses that the program has words for.
KNOWN = {0, 1, 64, 65, 66, 70, 71, 73, 74}
#: The ends that a system chooses where a program gets no memory, or no file: a trap, an abort, or
#: that its libraries cannot be mapped.
STARVED = {-4, -5, -6, -9, -11, 127}


def run(
    command: list[str],
    home: Path,
    prepare: Callable[[], None],
    variables: dict[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Runs it to its end, prepared in its own process."""
    return subprocess.run(
        command,
        cwd=home,
        env=environment(home) if variables is None else variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        check=False,
        preexec_fn=prepare,
    )


def bound(kind: int, value: int) -> Callable[[], None]:
    """Bounds a resource of a process that is made."""
    return lambda: resource.setrlimit(kind, (value, value))


def expect(words: list[str], status: int, allowed: set[int], what: str, errors: bytes) -> None:
    """Checks a status."""
    if status not in allowed:
        raise BrokenPromiseError(f"{' '.join(words)}, {what}: status {status}: {errors[-300:]!r}")


def little(dropscope: str) -> int:
    """Bounds of memory, of files and of the stack."""
    runs = 0
    with folder() as home:
        for words in COMMANDS:
            for kind, name, values, allowed in (
                (resource.RLIMIT_AS, "-v", [40, 60, 80, 120, 200, 400], KNOWN | STARVED),
                (resource.RLIMIT_NOFILE, "-n", [3, 4, 5, 6, 8, 16], KNOWN | {127}),
                (resource.RLIMIT_STACK, "-s", [1, 2, 4], KNOWN),
            ):
                for value in values:
                    size = value if name == "-n" else value * MEGABYTE
                    ended = run([dropscope, *words], home, bound(kind, size))
                    expect(words, ended.returncode, allowed, f"ulimit {name} {value}", ended.stderr)
                    runs += 1
    return runs


def closed(dropscope: str) -> int:
    """Closed descriptors: a command writes to no file that it did not open."""
    runs = 0
    with folder() as home:
        for words in COMMANDS:
            for descriptors in ([0], [1], [2], [0, 1], [0, 1, 2]):

                def close(numbers: list[int] = descriptors) -> None:
                    for number in numbers:
                        os.close(number)

                ended = run([dropscope, *words], home, close)
                expect(words, ended.returncode, KNOWN, f"closed {descriptors}", ended.stderr)
                if {path.name for path in home.iterdir()} - {".local"}:
                    raise BrokenPromiseError(
                        f"{words[0]} with {descriptors} closed wrote into the folder"
                    )
                runs += 1
    return runs


def bare(dropscope: str) -> int:
    """An environment without anything, and one of nonsense."""
    runs = 0
    with folder() as home:
        for words in COMMANDS:
            for variables in (
                {},
                {"HOME": "/nonexistent/home"},
                {"HOME": "", "LANG": "", "TERM": ""},
                {"HOME": "relative", "LANG": "xx_YY.NONE", "COLUMNS": "-1", "LINES": "x"},
                {"HOME": str(home), "XDG_STATE_HOME": "relative", "TMPDIR": "/nonexistent"},
            ):
                ended = run([dropscope, *words], home, lambda: None, variables)
                expect(words, ended.returncode, KNOWN, f"environment {variables}", ended.stderr)
                runs += 1
    return runs


def explorer(dropscope: str) -> int:
    """The explorer in the same, played for a moment, gives the terminal back."""
    runs = 0
    nowhere = {"PATH": os.environ["PATH"], "TERM": "xterm-256color"}
    for name, variables, prepare in (
        ("no HOME, LANG unset", nowhere, None),
        ("a HOME that is not there", {**nowhere, "HOME": "/nonexistent"}, None),
        ("a bound of 16 files", None, bound(resource.RLIMIT_NOFILE, 16)),
        ("a stack of a megabyte", None, bound(resource.RLIMIT_STACK, MEGABYTE)),
        ("files of at most 100 bytes", None, bound(resource.RLIMIT_FSIZE, 100)),
    ):
        with (
            folder() as home,
            Program([dropscope], home, variables=variables, prepare=prepare) as program,
        ):
            try:
                program.wait_for("1 live")
                for key in "s]23456 1wS":
                    program.press(key)
                    program.settle(0.05, 1)
                program.press("\x1b\x1b")
                program.settle(0.6, 2)
                program.press("q")
                status = program.end()
                program.check_given_back()
            except BrokenPromiseError as broken:
                raise BrokenPromiseError(f"the explorer with {name}: {broken}") from None
            if status != 0:
                raise BrokenPromiseError(f"the explorer with {name} ends with status {status}")
        runs += 1
    return runs


def changing_data(dropscope: str, times: int, choices: random.Random) -> int:
    """A table that grows, shrinks or goes away while it is read is read or refused."""
    with folder() as home:
        path = home / "table.csv"
        text = "a,b,class\n" + "".join(
            f"{choices.random():.4f},{choices.random():.4f},{choices.randint(0, 1)}\n"
            for _ in range(20_000)
        )
        for number in range(times):
            path.write_text(text)
            process = subprocess.Popen(
                [dropscope, "train", "--data", path.name, "--steps", "5"],
                cwd=home,
                env=environment(home),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
            )
            while process.poll() is None:
                act = choices.randint(0, 3)
                if act == 0:
                    path.unlink(missing_ok=True)
                elif act == 1:
                    path.write_text(text[: choices.randint(0, len(text))])
                elif act == 2 and path.exists():
                    with path.open("a") as file:
                        file.write("1,2,0\n3,4")
                else:
                    path.write_bytes(choices.randbytes(1000))
            assert process.stderr is not None
            with process.stderr:
                expect(
                    ["train"], process.returncode, KNOWN, f"change {number}", process.stderr.read()
                )
    return times
