"""A disk of a few kilobytes, which is really full."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from pathlib import Path

from drills.files import CANNOT_WRITE, COMPARISON
from drills.program import BrokenPromiseError, environment, folder

#: The kilobytes of the disk.
ROOM = 16
#: The commands that write more than that, and what they write.
WRITERS = {
    "weights.safetensors": ["export", "--steps", "1", "--hidden", "200,200", "--out"],
    "runs.jsonl": [*COMPARISON, "--resume"],
}


def in_namespace(script: str, *words: str) -> list[str]:
    """A command that runs a script of the shell with mounts of its own."""
    private = ["unshare", "--mount"] if os.getuid() == 0 else ["unshare", "--mount", "--map-root"]
    return [*private, "sh", "-c", script, "sh", *words]


def obstacle(home: Path) -> str | None:
    """The reason why no disk can be made here; None where one can."""
    if shutil.which("unshare") is None:
        return "there is no unshare"
    tried = subprocess.run(
        in_namespace('mount -t tmpfs -o size=16k tmpfs "$1"', str(home)),
        capture_output=True,
        text=True,
        check=False,
    )
    return None if tried.returncode == 0 else tried.stderr.strip()


def fill(dropscope: str, _times: int, _choices: random.Random) -> int:
    """A file that finds no room is named; no half file takes the place of a whole one."""
    with folder() as home:
        disk = home / "disk"
        disk.mkdir()
        reason = obstacle(disk)
        if reason is not None:
            print(f"  left out: a disk that is full: {reason}", flush=True)
            return 0
        for name, command in WRITERS.items():
            # The shell says what is there afterwards, since nobody else sees the disk.
            ended = subprocess.run(
                in_namespace(
                    f'mount -t tmpfs -o size={ROOM}k tmpfs "$1" && cd "$1" && shift && "$@";'
                    ' status=$?; echo "left: $(ls -A)"; exit $status',
                    str(disk),
                    dropscope,
                    *command,
                    name,
                ),
                env=environment(home),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
                timeout=120,
            )
            left = ended.stdout.rpartition("left: ")[2].split()
            expected = [name] if command[0] == "compare" else []
            if ended.returncode not in CANNOT_WRITE or name not in ended.stderr:
                raise BrokenPromiseError(
                    f"{command[0]} on a full disk ends with status {ended.returncode}:"
                    f" {ended.stderr[-300:]}"
                )
            if left != expected:
                raise BrokenPromiseError(f"{command[0]} on a full disk leaves {left}")
    return len(WRITERS)
