"""Files that are written while the program is killed, or the disk is full."""

from __future__ import annotations

import json
import os
import random
import re
import resource
import signal
import subprocess
import time
from pathlib import Path

from drills.program import BrokenPromiseError, Program, environment, folder

#: The statuses of a file that cannot be written.
CANNOT_WRITE = {71, 73, 74}
#: A comparison that takes long enough to be killed in it, and short enough to be repeated.
COMPARISON = ["compare", "--variants", "unscaled,classic,inverted", "--seeds", "40"]
COMPARISON += ["--steps", "200", "--format", "json"]


def run(command: list[str], home: Path, **limits: int) -> subprocess.CompletedProcess[str]:
    """Runs it to its end, under limits such as FSIZE=0."""

    def bound() -> None:
        for name, value in limits.items():
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (value, value))

    return subprocess.run(
        command,
        cwd=home,
        env=environment(home),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        preexec_fn=bound,
    )


def start(
    command: list[str], home: Path, stdout: int = subprocess.DEVNULL
) -> subprocess.Popen[str]:
    """Starts it, and lets it run."""
    return subprocess.Popen(
        command,
        cwd=home,
        env=environment(home),
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def finished(path: Path) -> list[str]:
    """The whole lines of a file of runs; none where it is not there."""
    if not path.exists():
        return []
    return path.read_text().split("\n")[:-1]


def kill_comparison(dropscope: str, times: int, choices: random.Random) -> int:
    """A killed comparison keeps each finished run, and ends with the output of one run."""
    kills = 0
    with folder() as home:
        path = home / "runs.jsonl"
        command = [dropscope, *COMPARISON]
        expected = run(command, home).stdout
        while True:
            # Behind the last kill it runs to its end.
            patience = choices.uniform(0, 0.15) if kills < times else 120
            process = start([*command, "--resume", path.name], home, subprocess.PIPE)
            try:
                output, _ = process.communicate(timeout=patience)
            except subprocess.TimeoutExpired:
                before = finished(path)
                process.send_signal(signal.SIGKILL)
                process.communicate()
                kills += 1
                if finished(path)[: len(before)] != before:
                    raise BrokenPromiseError("a finished run is lost by kill -9") from None
                # A torn last line, as a machine leaves it that lost its power.
                if kills % 2 == 0 and path.exists() and len(before) > 2:
                    with path.open("r+b") as file:
                        file.truncate(path.stat().st_size - choices.randint(1, 40))
                continue
            if process.returncode != 0 or output != expected:
                raise BrokenPromiseError(
                    f"after {kills} kills it ends with status {process.returncode}, and its output"
                    f" is {'' if output == expected else 'not '}that of one run"
                )
            if kills == times:
                return kills
            path.unlink()


def kill_export(dropscope: str, times: int, choices: random.Random) -> int:
    """A killed export leaves no file, or a whole one."""
    with folder() as home:
        path = home / "weights.safetensors"
        command = [dropscope, "export", "--steps", "20", "--hidden", "300,300"]
        command += ["--out", path.name]
        began = time.monotonic()
        ended = run(command, home)
        if ended.returncode != 0:
            raise BrokenPromiseError(f"export ends with status {ended.returncode}: {ended.stderr}")
        takes = time.monotonic() - began
        expected = path.read_bytes()
        for kill in range(times):
            path.unlink(missing_ok=True)
            process = start(command, home)
            time.sleep(choices.uniform(0.5, 1) * takes)
            process.kill()
            process.wait()
            if path.exists() and path.read_bytes() != expected:
                raise BrokenPromiseError(f"kill {kill} leaves half a file of weights")
    return times


def kill_explorer(dropscope: str, times: int, choices: random.Random) -> int:
    """Killed at any moment, a session has each change that stood on the screen."""
    for kill in range(times):
        with folder() as home:
            with Program([dropscope, "--steps", "20", "--speed", "max"], home) as program:
                program.wait_for("1 live")
                program.settle()
                changes = choices.randint(1, 4)
                for _ in range(changes):
                    program.press("[")
                    program.settle(0.05, 1)
                program.press(choices.choice(["5", " ", "3", "w\r", "."]))
                program.drain(choices.uniform(0, 0.3))
                program.signal(signal.SIGKILL)
                program.end()
            check_session(dropscope, home, changes, kill)
            check_written(home)
    return times


def check_session(dropscope: str, home: Path, changes: int, kill: int) -> None:
    """Checks that the latest session is whole, and has the changes."""
    listed = run([dropscope, "sessions"], home).stdout
    found = re.search(r"of \d+ +[\d,]+ +(\d+)", listed)
    if found is None or int(found[1]) < changes:
        raise BrokenPromiseError(
            f"kill {kill}: {changes} changes were made, the list has: {listed}"
        )
    name = listed.splitlines()[1].split()[0]
    shown = run([dropscope, "sessions", "show", name, "--json"], home)
    if shown.returncode != 0:
        raise BrokenPromiseError(f"kill {kill}: the session cannot be read: {shown.stderr}")
    json.loads(shown.stdout)
    resumed = run([dropscope, "train", "--resume", name, "--steps", "1"], home)
    if resumed.returncode != 0:
        raise BrokenPromiseError(
            f"kill {kill}: the session cannot be gone on with: {resumed.stderr}"
        )


def check_written(home: Path) -> None:
    """Checks that what was written by hand is whole."""
    for path in home.glob("dropscope-*"):
        text = path.read_text()
        is_whole = text.endswith(("\n", "</svg>"))
        if path.suffix == ".jsonl":
            for line in text.splitlines():
                json.loads(line)
        if not is_whole:
            raise BrokenPromiseError(f"{path.name} is half written")


def fill_disk(dropscope: str, times: int, choices: random.Random) -> int:
    """A file that may grow to some bytes only is refused in a sentence, and none is half."""
    runs = 0
    with folder() as home:
        weights = home / "weights.safetensors"
        export = [dropscope, "export", "--steps", "20", "--hidden", "60,60", "--out", weights.name]
        run(export, home)
        size = weights.stat().st_size
        runs_path = home / "runs.jsonl"
        compare = [dropscope, *COMPARISON[:-2], "--resume", runs_path.name]
        for number in range(times):
            # Nothing first; then, by turns, a part of the head, and anything short of the whole.
            bound = choices.randint(1, 63 if number % 2 else size - 1) if number > 0 else 0
            for command, path in ((export, weights), (compare, runs_path)):
                path.unlink(missing_ok=True)
                ended = run(command, home, FSIZE=bound)
                runs += 1
                if ended.returncode not in CANNOT_WRITE or path.name not in ended.stderr:
                    raise BrokenPromiseError(
                        f"{command[1]} with room for {bound} bytes ends with status"
                        f" {ended.returncode}: {ended.stderr[-300:]}"
                    )
            if weights.exists():
                raise BrokenPromiseError(f"room for {bound} bytes leaves half a file of weights")
            left = [path.name for path in home.iterdir() if path.name != runs_path.name]
            if [name for name in left if name.startswith((".weights", "weights"))]:
                raise BrokenPromiseError(f"room for {bound} bytes leaves {left}")
    return runs


def forbid_writing(dropscope: str) -> int:
    """A folder in which nothing may be written is named, with the file."""
    with folder() as home:
        closed = home / "closed"
        closed.mkdir()
        (home / "home").mkdir()
        for path in (home, home / "home"):
            os.chmod(path, 0o777)
        os.chmod(closed, 0o555)

        def as_nobody() -> None:
            if os.getuid() == 0:
                os.setgid(65534)
                os.setuid(65534)

        for words in (
            ["export", "--steps", "1", "--out", "closed/a.safetensors"],
            [*COMPARISON, "--resume", "closed/runs.jsonl"],
        ):
            ended = subprocess.run(
                [dropscope, *words],
                cwd=home,
                env=environment(home / "home"),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
                timeout=60,
                preexec_fn=as_nobody,
            )
            if ended.returncode not in CANNOT_WRITE or "closed/" not in ended.stderr:
                raise BrokenPromiseError(
                    f"{words[0]} into a closed folder ends with status {ended.returncode}:"
                    f" {ended.stderr[-300:]}"
                )
    return 2


def write_at_once(dropscope: str) -> int:
    """Two processes never write to one file."""
    with folder() as home:
        command = [dropscope, *COMPARISON, "--steps", "20000", "--resume", "runs.jsonl"]
        first = start(command, home)
        try:
            deadline = time.monotonic() + 20
            while not (home / "runs.jsonl").exists() and time.monotonic() < deadline:
                time.sleep(0.02)
            second = run(command, home)
        finally:
            first.kill()
            first.wait()
        if second.returncode != 73 or "another process" not in second.stderr:
            raise BrokenPromiseError(
                f"a second process ends with {second.returncode}: {second.stderr[-300:]}"
            )
    return 1
