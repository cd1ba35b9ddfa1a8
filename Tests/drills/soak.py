"""Plays in the explorer with random keys at full speed, and looks at its memory."""

from __future__ import annotations

import math
import random
import subprocess
import time
from pathlib import Path

from drills import page
from drills.program import BrokenPromiseError, Program, environment, folder

#: Keys that change what trains, or what is shown; none ends the program or types a text.
KEYS = [
    *"123456", *"123456", *"svmnpeEi?tbzuoUNdfDF[]{}<>(),.hjklrR",
    "\t", "\r", "\x1b", "\x1b", "\x1b", " ", " ", "\x7f",
    "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1b[5~", "\x1b[6~", "\x1b[H", "\x1b[F",
    "\x1b[<0;20;10M\x1b[<0;20;10m", "\x1b[<0;60;6M\x1b[<0;60;6m", "\x1b[<64;40;8M",
]  # fmt: skip
SIZES = [(80, 24), (120, 40), (200, 60), (60, 20), (10, 3)]
#: From this minute on memory is flat: at most this times that of the minute. A run keeps
#: checkpoints to go back to, and gives them up when another begins. So the least memory of each
#: minute is compared: what is never given up raises it.
FLAT_FROM = 5
ALLOWED_GROWTH = 1.1
#: The most megabytes that checkpoints may take beside that, as ARCHITECTURE.md promises.
CHECKPOINTS = 64
#: The seconds in which keys are pressed, and those in which it trains on undisturbed: a run that is
#: always begun anew takes few steps.
PLAYING, WATCHING = 8, 7
#: The steps of a second at the speed with which the explorer starts.
STARTING_SPEED = 60


class Steps:
    """The steps that a playing explorer has taken, from what it saves every five seconds.

    Steps between a save and a new beginning are not seen, so that they are rather too few.
    """

    def __init__(self, dropscope: str, home: Path) -> None:
        self.dropscope, self.home = dropscope, home
        self.count = 0
        self.last: tuple[list[str], int] = ([], 0)

    def look(self) -> None:
        """Adds the steps since the last look, where the run is still the same."""
        listed = subprocess.run(
            [self.dropscope, "sessions"],
            cwd=self.home,
            env=environment(self.home),
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        ).stdout
        running = [line for line in listed.splitlines() if line.endswith("an explorer runs")]
        if not running:
            return
        # Its name, data and variant; `1 of 2`, the branch; and the step.
        words = running[0].split()
        run, step = words[:6], int(words[6].replace(",", ""))
        if run == self.last[0]:
            self.count += max(0, step - self.last[1])
        self.last = (run, step)


def check(least: float, most: float, first: float) -> None:
    """Holds the memory of a minute against the least memory of the minute that is the measure."""
    if least > first * ALLOWED_GROWTH:
        raise BrokenPromiseError(
            f"memory grew: it was never below {least:.1f} MB in this minute, and {first:.1f} MB in"
            f" minute {FLAT_FROM}"
        )
    if most > first + CHECKPOINTS:
        raise BrokenPromiseError(
            f"it took {most:.1f} MB; checkpoints may take {CHECKPOINTS} MB more than {first:.1f} MB"
        )


def soak(dropscope: str, minutes: int, seed: int, *, writes: bool = False) -> None:
    """Plays for some minutes, and prints the keys, the steps and the memory of each."""
    choices = random.Random(seed)
    first = 0.0
    rows = []
    with folder() as home, Program([dropscope, "--speed", "max"], home) as program:
        program.wait_for("1 live")
        steps = Steps(dropscope, home)
        print(f"dropscope --speed max, keys of seed {seed}")
        print("minute      keys           steps    least     most  (MB of memory)", flush=True)
        for minute in range(1, minutes + 1):
            end = time.monotonic() + 60
            look = 0.0
            least, most = math.inf, 0.0
            while (now := time.monotonic()) < end:
                if (end - now) % (PLAYING + WATCHING) < WATCHING:
                    program.drain(0.1)
                elif choices.random() < 0.01:
                    program.resize(*choices.choice(SIZES))
                    program.drain(0.02)
                else:
                    program.press(choices.choice(KEYS))
                    program.drain(0.02)
                if program.has_ended():
                    keys = " ".join(map(repr, program.pressed))
                    raise BrokenPromiseError(
                        f"it ended with status {program.status} after the keys {keys}"
                    )
                if now > look:
                    steps.look()
                    memory = program.memory()
                    least, most = min(least, memory), max(most, memory)
                    look = now + 2
            print(
                f"{minute:6}  {program.keys:8}  {steps.count:14,}  {least:7.1f}  {most:7.1f}",
                flush=True,
            )
            if minute == FLAT_FROM or (minute > FLAT_FROM and minute % 10 == 0):
                rows.append(
                    f"| {minute} | {program.keys:,} | {steps.count:,} | {least:.1f} | {most:.1f} |"
                )
            if minute == FLAT_FROM:
                first = least
            elif minute > FLAT_FROM:
                check(least, most, first)
    if minutes <= FLAT_FROM:
        print(f"Whether memory stays flat is judged behind minute {FLAT_FROM}.")
    if writes:
        hours = steps.count // (3600 * STARTING_SPEED)
        page.write(
            "soaked",
            [
                f"`Scripts/soak --minutes {minutes} --seed {seed}`; at the speed with which the",
                f"explorer starts, these steps take {hours:,} hours:",
                "",
                "| minute | keys | steps | least memory, MB | most memory, MB |",
                "|---|---|---|---|---|",
                *rows,
            ],
        )
