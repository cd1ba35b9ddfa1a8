"""The program, run in a terminal of its own that nobody looks at."""

from __future__ import annotations

import collections
import contextlib
import fcntl
import os
import pty
import re
import resource
import select
import shutil
import signal
import struct
import subprocess
import tempfile
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

#: The modes that the program sets in a terminal, and the bytes that take each back.
TAKEN_BACK = {
    "the other screen": (b"\x1b[?1049h", b"\x1b[?1049l"),
    "the hidden cursor": (b"\x1b[?25l", b"\x1b[?25h"),
    "the mouse": (b"\x1b[?1006h", b"\x1b[?1006l"),
    "pasting in brackets": (b"\x1b[?2004h", b"\x1b[?2004l"),
}


class BrokenPromiseError(Exception):
    """A promise that was not held, in a sentence."""


@contextlib.contextmanager
def folder() -> Iterator[Path]:
    """A folder that is gone afterwards."""
    path = Path(tempfile.mkdtemp(prefix="dropscope-drill-"))
    try:
        yield path
    finally:
        subprocess.run(["chmod", "-R", "u+w", path], check=False)
        shutil.rmtree(path)


def environment(home: Path, **changes: str) -> dict[str, str]:
    """The variables that a program gets: few, so that nothing of this machine is in them."""
    return {
        "HOME": str(home),
        "PATH": os.environ["PATH"],
        "LC_ALL": "C.UTF-8",
        "TERM": "xterm-256color",
        "SWIFT_BACKTRACE": "enable=no",
        **changes,
    }


def lead(
    terminal: int,
    told: int,
    command: list[str],
    home: Path,
    variables: dict[str, str],
    prepare: Callable[[], None] | None,
) -> None:
    """Starts a program in front of a terminal, and tells of its stops and of its end."""
    os.setsid()
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
    for number in (signal.SIGHUP, signal.SIGTTOU):
        signal.signal(number, signal.SIG_IGN)
    process = os.fork()
    if process == 0:
        os.setpgid(0, 0)
        os.tcsetpgrp(terminal, os.getpid())
        # Who runs the drills in the background ignores INT and QUIT as well.
        for number in (signal.SIGHUP, signal.SIGTTOU, signal.SIGINT, signal.SIGQUIT):
            signal.signal(number, signal.SIG_DFL)
        for descriptor in range(3):
            os.dup2(terminal, descriptor)
        os.closerange(3, 64)
        os.chdir(home)
        if prepare is not None:
            prepare()
        os.execve(command[0], command, variables)
    os.close(terminal)
    os.write(told, f"{process}\n".encode())
    while True:
        status = os.waitpid(process, os.WUNTRACED)[1]
        if os.WIFSTOPPED(status):
            os.write(told, b"stopped\n")
        else:
            os.write(told, f"ended {os.waitstatus_to_exitcode(status)}\n".encode())
            os._exit(0)


class Program:
    """The program in a pseudo-terminal."""

    def __init__(
        self,
        command: list[str],
        home: Path,
        *,
        size: tuple[int, int] = (80, 24),
        variables: dict[str, str] | None = None,
        prepare: Callable[[], None] | None = None,
    ) -> None:
        self.drawn = b""
        self.keys = 0
        self.is_connected = True
        self.pressed: collections.deque[str] = collections.deque(maxlen=400)
        self.status: int | None = None
        self.terminal, theirs = pty.openpty()
        # This side stays open, so that the modes can be read after the end.
        self.theirs = theirs
        self.resize(*size)
        self.modes = termios.tcgetattr(theirs)
        # A shell's part: it leads the session, so that the program can be stopped and goes on.
        events, told = os.pipe()
        self.leader = os.fork()
        if self.leader == 0:
            try:
                os.close(events)
                os.close(self.terminal)
                lead(theirs, told, command, home, variables or environment(home), prepare)
            finally:
                os._exit(127)
        os.close(told)
        self.events = os.fdopen(events)
        self.process = int(self.events.readline())

    def __enter__(self) -> Program:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Ends it where it runs, and closes the terminal."""
        if self.status is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.leader, 0)
        self.events.close()
        self.hang_up()

    def hang_up(self) -> None:
        """Closes the terminal."""
        if self.is_connected:
            self.is_connected = False
            os.close(self.terminal)
            os.close(self.theirs)

    def resize(self, width: int, height: int) -> None:
        """Gives the terminal another size."""
        size = struct.pack("HHHH", height, width, 0, 0)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, size)
        self.pressed.append(f"{width}x{height}")

    def press(self, keys: str) -> None:
        """Presses keys at once."""
        os.write(self.terminal, keys.encode())
        self.pressed.append(keys)
        self.keys += 1

    def signal(self, number: int) -> None:
        """Sends it a signal."""
        os.kill(self.process, number)

    def limit(self, kind: int, value: int) -> None:
        """Bounds a resource of the running program."""
        resource.prlimit(self.process, kind, (value, value))

    def drain(self, seconds: float) -> None:
        """Takes what it draws for some time, or until it has ended."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if self.has_ended():
                left = 0
            if not self.is_connected:
                time.sleep(min(left, 0.05))
            elif select.select([self.terminal], [], [], min(left, 0.05))[0]:
                with contextlib.suppress(OSError):
                    self.drawn = (self.drawn + os.read(self.terminal, 65536))[-400_000:]
            elif left == 0:
                return

    def settle(self, quiet: float = 0.15, seconds: float = 10) -> None:
        """Takes what it draws until nothing came for a moment."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            before = len(self.drawn)
            self.drain(quiet)
            if len(self.drawn) == before:
                return

    def wait_for(self, text: str, seconds: float = 30) -> None:
        """Waits until it has drawn a text."""
        end = time.monotonic() + seconds
        while text.encode() not in self.drawn:
            if time.monotonic() > end or self.has_ended():
                raise BrokenPromiseError(f"'{text}' is not drawn; it drew {self.drawn[-300:]!r}")
            self.drain(0.05)

    def has_ended(self) -> bool:
        """Whether it has ended; its status is kept."""
        while self.status is None and select.select([self.events], [], [], 0)[0]:
            self.take_event()
        return self.status is not None

    def take_event(self) -> str:
        """Waits for what the program comes to. Returns: `stopped` or `ended`."""
        event, _, number = self.events.readline().strip().partition(" ")
        if event == "ended":
            self.status = int(number)
        return event

    def end(self, seconds: float = 20) -> int:
        """Waits for its end. Returns: its status, negative for a signal."""
        end = time.monotonic() + seconds
        while not self.has_ended():
            if time.monotonic() > end:
                raise BrokenPromiseError(f"it goes on running {seconds:.0f} s later")
            self.drain(0.02)
        self.drain(0.05)
        assert self.status is not None
        return self.status

    def check_given_back(self) -> None:
        """Checks that every mode of the terminal is as it was."""
        for name, (taken, back) in TAKEN_BACK.items():
            if self.drawn.rfind(taken) > self.drawn.rfind(back):
                raise BrokenPromiseError(f"{name} is not taken back")
        now = termios.tcgetattr(self.theirs)
        for index, name in enumerate(["iflag", "oflag", "cflag", "lflag"]):
            if now[index] != self.modes[index]:
                raise BrokenPromiseError(
                    f"stty's {name} is {now[index]:o}, it was {self.modes[index]:o}"
                )

    def memory(self) -> float:
        """The megabytes that it has in memory."""
        text = Path(f"/proc/{self.process}/status").read_text()
        found = re.search(r"VmRSS:\s+(\d+)", text)
        if found is None:
            raise BrokenPromiseError(f"/proc/{self.process}/status has no VmRSS")
        return int(found[1]) / 1024
