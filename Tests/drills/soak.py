"""Plays in the explorer with random keys at full speed, and looks at its memory."""

from __future__ import annotations

import random
import time

from drills.program import BrokenPromiseError, Program, folder

#: Keys that change what trains, or what is shown; none ends the program or types a text.
KEYS = [
    *"123456", *"123456", *"svmnpeEi?tbzuoUNdfDF[]{}<>(),.hjklrR",
    "\t", "\r", "\x1b", "\x1b", "\x1b", " ", " ", "\x7f",
    "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1b[5~", "\x1b[6~", "\x1b[H", "\x1b[F",
    "\x1b[<0;20;10M\x1b[<0;20;10m", "\x1b[<0;60;6M\x1b[<0;60;6m", "\x1b[<64;40;8M",
]  # fmt: skip
SIZES = [(80, 24), (120, 40), (200, 60), (60, 20), (10, 3)]
#: From this minute on memory is flat: at most this times that of the minute.
FLAT_FROM = 5
ALLOWED_GROWTH = 1.1


def soak(dropscope: str, minutes: int, seed: int) -> None:
    """Plays for some minutes, and prints the keys and the memory of each."""
    choices = random.Random(seed)
    allowed = 0.0
    with folder() as home, Program([dropscope, "--speed", "max"], home) as program:
        program.wait_for("1 live")
        print(f"dropscope --speed max, keys of seed {seed}")
        print("minute      keys    memory", flush=True)
        for minute in range(1, minutes + 1):
            end = time.monotonic() + 60
            while time.monotonic() < end:
                if choices.random() < 0.01:
                    program.resize(*choices.choice(SIZES))
                else:
                    program.press(choices.choice(KEYS))
                program.drain(0.02)
                if program.has_ended():
                    keys = " ".join(map(repr, program.pressed))
                    raise BrokenPromiseError(
                        f"it ended with status {program.status} after the keys {keys}"
                    )
            now = program.memory()
            print(f"{minute:6}  {program.keys:8}  {now:6.1f} MB", flush=True)
            if minute == FLAT_FROM:
                allowed = now * ALLOWED_GROWTH
            elif minute > FLAT_FROM and now > allowed:
                raise BrokenPromiseError(
                    f"memory grew to {now:.1f} MB; it was {allowed / ALLOWED_GROWTH:.1f} MB in"
                    f" minute {FLAT_FROM}"
                )
    if minutes <= FLAT_FROM:
        print(f"Whether memory stays flat is judged behind minute {FLAT_FROM}.")
