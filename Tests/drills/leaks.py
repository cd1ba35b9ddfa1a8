"""Plays in the explorer under valgrind, shortly and for longer: what is lost must not grow."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import time
from pathlib import Path

from drills.program import BrokenPromiseError, Program, environment, folder
from drills.soak import KEYS

#: The seconds of the two plays.
PLAYS = (20, 80)
#: The bytes that the longer play may lose beyond those of the shorter one: lists that were made
#: once look lost where only marked pointers lead to them, and are not always the same.
ALLOWED_GROWTH = 16_384
LOST = re.compile(r"(?:definitely|indirectly) lost: ([\d,]+) bytes")
#: A fault of memory that is not a value without a start: Swift's runtime looks at some of those.
FAULTS = re.compile(r"Invalid (?:read|write|free)[^\n]*")


def play(program: Path, home: Path, seconds: int, seed: int) -> tuple[int, int]:
    """Plays for some seconds. Returns: the keys, and the bytes that are lost."""
    log = home / f"valgrind.{seconds}"
    command = ["valgrind", "--leak-check=full", "--errors-for-leak-kinds=none"]
    command = [*command, f"--log-file={log}", str(program), "--speed", "max"]
    command[0] = shutil.which("valgrind") or command[0]
    choices = random.Random(seed)
    # It knows no AVX-512.
    variables = environment(home, DROPSCOPE_KERNELS="portable")
    with Program(command, home, variables=variables) as played:
        played.wait_for("1 live", 300)
        end = time.monotonic() + seconds
        while time.monotonic() < end and not played.has_ended():
            played.press(choices.choice(KEYS))
            played.drain(0.1)
        if not played.has_ended():
            played.press("\x03")
        if played.end(300) != 0:
            raise BrokenPromiseError(f"under valgrind it ends with status {played.status}")
        keys = played.keys
    text = log.read_text(errors="replace")
    if fault := FAULTS.search(text):
        raise BrokenPromiseError(f"valgrind finds: {fault[0]}")
    lost = [int(number.replace(",", "")) for number in LOST.findall(text)]
    if "All heap blocks were freed" not in text and len(lost) != 2:
        raise BrokenPromiseError(f"valgrind says nothing of leaks: {text[-300:]}")
    return keys, sum(lost)


def leaks(dropscope: str, seed: int) -> None:
    """Plays twice, and compares what is lost."""
    if shutil.which("valgrind") is None or shutil.which("strip") is None:
        print("leaks: left out: there is no valgrind, or no strip", flush=True)
        return
    with folder() as home:
        # Older versions of valgrind cannot read the debugging information of Swift 6.
        stripped = home / "dropscope"
        subprocess.run(["strip", "-g", dropscope, "-o", stripped], check=True)
        results = []
        for seconds in PLAYS:
            keys, lost = play(stripped, home, seconds, seed)
            print(f"leaks: {seconds} s, {keys:,} keys: {lost:,} bytes are lost", flush=True)
            results.append(lost)
        if results[1] > results[0] + ALLOWED_GROWTH:
            raise BrokenPromiseError(
                f"what is lost grew from {results[0]:,} to {results[1]:,} bytes"
            )
