"""Where a recording lies, and how its file is opened: a new one each time, or a pipe at hand."""

from __future__ import annotations

import errno
import fcntl
import os
import re
import stat
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator, Optional, Union

SUFFIX = ".dropscope.jsonl"


@dataclass(frozen=True)
class Opened:
    """A place to write to."""

    path: str
    #: The descriptor; None for a named pipe that nobody reads yet.
    descriptor: Optional[int]
    #: Whether it is a file that lies on a disk, and not a pipe or a device.
    is_file: bool
    #: Whether it lies where `dropscope view` looks without a name.
    is_default: bool


def default_folder() -> Path:
    """The folder in which `dropscope view` looks for the newest recording."""
    state = os.environ.get("XDG_STATE_HOME", "")
    # The specification wants a relative path to be ignored.
    base = Path(state) if os.path.isabs(state) else Path.home() / ".local" / "state"
    return base / "dropscope" / "runs"


def default_name(model: str, now: float) -> str:
    """The name of a recording: date, time of day and model, without a suffix."""
    word = re.sub(r"[^A-Za-z0-9_.-]+", "-", model)[:60].strip("-.") or "model"
    return time.strftime("%Y-%m-%d-%H%M%S", time.localtime(now)) + "-" + word


def open_place(path: Union[str, os.PathLike[str], None], model: str, now: float) -> Opened:
    """Opens a pipe or a device that exists, and otherwise a file that did not exist before.

    `path` may be a folder, in which the recording gets its usual name, or `-`, the standard output.
    Where a file of that name exists, a number is added: two trainings never share a file.

    Raises:
        OSError: the place cannot be written to.
    """
    if path is None:
        target = default_folder() / (default_name(model, now) + SUFFIX)
    elif os.fspath(path) == "-":
        # Opened again, so that the training's own standard output stays a blocking one.
        target = Path("/dev/fd/1")
    else:
        target = Path(path).expanduser()
        if target.is_dir():
            target = target / (default_name(model, now) + SUFFIX)
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        mode = 0
    if path is not None and mode and not stat.S_ISREG(mode):
        return Opened(str(target), open_stream(str(target)), is_file=False, is_default=False)
    if path is not None and os.fspath(path) == "-":
        flags = os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC
        return Opened(str(target), os.open(target, flags), is_file=True, is_default=False)
    target.parent.mkdir(parents=True, exist_ok=True)
    for candidate in _numbered(target):
        try:
            flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC
            descriptor = os.open(candidate, flags, 0o666)
        except FileExistsError:
            continue
        _hold(descriptor)
        return Opened(str(candidate), descriptor, is_file=True, is_default=path is None)
    raise AssertionError("there is always a next number")


def open_stream(path: str) -> Optional[int]:
    """The descriptor of a pipe or a device, or None where a named pipe has no reader yet."""
    try:
        return os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_APPEND | os.O_CLOEXEC)
    except OSError as error:
        if error.errno == errno.ENXIO:
            return None
        raise


def _hold(descriptor: int) -> None:
    """Locks a file until it is closed, so that `dropscope view` knows that more will come.

    Where the file system has no locks, `view` goes by the time at which the file was written.
    """
    # A viewer that asks for the lock holds it for some microseconds.
    for _ in range(20):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.001)
        except OSError:
            return
        else:
            return


def _numbered(target: Path) -> Iterator[Path]:
    yield target
    suffix = SUFFIX if target.name.endswith(SUFFIX) else target.suffix
    stem = target.name[: len(target.name) - len(suffix)]
    number = 2
    while True:
        yield target.with_name(f"{stem}-{number}{suffix}")
        number += 1
