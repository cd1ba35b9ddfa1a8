"""Messages to the person, on the standard error: the training's own output stays as it is."""

from __future__ import annotations

import contextlib
import sys
from typing import Set


def say(message: str) -> None:
    """Writes one line. Where that is not possible there is nobody to tell, and nothing fails."""
    # The standard error may be gone, or closed.
    with contextlib.suppress(OSError, ValueError):
        print(f"dropscope: {message}", file=sys.stderr, flush=True)


def said_of(error: BaseException) -> str:
    """An error with its kind, on one line as far as its own text is."""
    return f"{type(error).__name__}: {error}".rstrip(": ")


class Once:
    """Says each kind of thing once, however often it happens."""

    def __init__(self) -> None:
        self._said: Set[str] = set()

    def say(self, kind: str, message: str) -> None:
        """Writes the message, unless one of its kind was written before."""
        if kind not in self._said:
            self._said.add(kind)
            say(message)
