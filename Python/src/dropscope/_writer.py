"""A thread that writes lines, so that no disk and no reader ever holds the training up."""

from __future__ import annotations

import errno
import os
import select
import signal
import threading
import time
import weakref
from collections import deque
from typing import Deque, Optional

from dropscope._places import Opened, open_stream
from dropscope._say import Once

#: How many bytes may wait to be written, at most.
WAITING_LIMIT = 4 * 2**20


class LineWriter:
    """Writes whole lines to a file, a pipe or a device, in a thread of its own.

    A file only grows, line by line. What cannot be written is left out, and said once.
    """

    def __init__(self, place: Opened, once: Once, waiting_limit: int = WAITING_LIMIT) -> None:
        """Takes over the descriptor of `place`."""
        self._place = place
        self._descriptor = place.descriptor
        self._once = once
        self._limit = waiting_limit
        self._lines: Deque[bytes] = deque()
        self._waiting = 0
        self._changed = threading.Condition()
        self._thread: Optional[threading.Thread] = None
        self._end_by: Optional[float] = None
        self._over = False
        self._lost = False
        _writers.add(self)

    @property
    def is_over(self) -> bool:
        """Whether nothing more can be written: it was closed, or the reader is gone for good."""
        return self._over

    def has_lost(self) -> bool:
        """Whether a line was left out since this was last asked."""
        with self._changed:
            lost, self._lost = self._lost, False
        return lost

    def put(self, line: bytes) -> bool:
        """Hands a line over, without waiting; false where too much waits already."""
        with self._changed:
            if self._over or self._end_by is not None:
                return False
            if self._waiting + len(line) > self._limit and self._lines:
                self._once.say(
                    "slow",
                    f"{self._place.path} is not read as fast as looks come: some are left out.",
                )
                self._lost = True
                return False
            self._append(line)
        return True

    def close(self, last: Optional[bytes], patience: float) -> None:
        """Writes what waits, and a last line, for at most `patience` seconds."""
        with self._changed:
            if self._over or self._end_by is not None:
                return
            if last is not None:
                self._append(last)
            self._end_by = time.monotonic() + patience
            self._changed.notify()
            thread = self._thread
        if thread is None:
            self._finish()
        else:
            # A disk may hang in the middle of a write. The thread ends with the process then.
            thread.join(patience + 0.2)

    def forget(self) -> None:
        """Leaves the recording to the parent process: for a child that was forked."""
        self._over = True
        self._changed = threading.Condition()
        self._lines = deque()
        self._thread = None
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)

    # Called with the lock held.
    def _append(self, line: bytes) -> None:
        self._lines.append(line)
        self._waiting += len(line)
        if self._thread is None:
            self._thread = threading.Thread(
                target=self._run, name="dropscope recording", daemon=True
            )
            self._thread.start()
        self._changed.notify()

    def _run(self) -> None:
        if hasattr(signal, "pthread_sigmask"):
            # A script may have asked to be ended by a closed pipe: by its own, and not by ours.
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGPIPE})
        try:
            while True:
                with self._changed:
                    while not self._lines and self._end_by is None:
                        self._changed.wait()
                    if not self._lines:
                        return
                    line = self._lines[0]
                if not self._open():
                    return
                self._write(line)
                with self._changed:
                    self._lines.popleft()
                    self._waiting -= len(line)
        except BrokenPipeError:
            self._once.say(
                "gone", f"the reader of {self._place.path} is gone: no more is recorded."
            )
        except OSError as error:
            self._once.say(
                "lost",
                f"{self._place.path} cannot be written to: {error.strerror}. No more is "
                "recorded; the training goes on.",
            )
        finally:
            self._finish()

    # Waits for the reader of a named pipe. False where there is none until the end.
    def _open(self) -> bool:
        while self._descriptor is None:
            self._descriptor = open_stream(self._place.path)
            if self._descriptor is None:
                if self._is_late():
                    return False
                time.sleep(0.05)
        return True

    def _write(self, line: bytes) -> None:
        descriptor = self._descriptor
        assert descriptor is not None
        rest = memoryview(line)
        while rest:
            try:
                rest = rest[os.write(descriptor, rest) :]
            except BlockingIOError:
                if self._is_late():
                    raise TimeoutError(errno.ETIMEDOUT, "its reader does not read") from None
                select.select([], [descriptor], [], 0.05)
            except OSError as error:
                if error.errno not in (errno.ENOSPC, errno.EDQUOT):
                    raise
                self._leave_out(descriptor, len(line) - len(rest), error)
                return

    # There may be room again later on, so that only this line is given up.
    def _leave_out(self, descriptor: int, written: int, error: OSError) -> None:
        self._once.say(
            "full",
            f"{self._place.path} cannot be written to: {error.strerror}. Looks are left out until "
            "there is room; the training goes on.",
        )
        if written and self._place.is_file:
            os.ftruncate(descriptor, os.fstat(descriptor).st_size - written)
        with self._changed:
            self._lost = True

    def _is_late(self) -> bool:
        return self._end_by is not None and time.monotonic() > self._end_by

    def _finish(self) -> None:
        with self._changed:
            self._over = True
            self._lines.clear()
            self._waiting = 0
            descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)


_writers: weakref.WeakSet[LineWriter] = weakref.WeakSet()


def _forget_all() -> None:
    for writer in list(_writers):
        writer.forget()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_all)
