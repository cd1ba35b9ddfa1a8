"""Signals that arrive during a look, such as Ctrl-C: they wait until everything is put back."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from types import FrameType, TracebackType
from typing import Any, Callable, ClassVar, Dict, Iterator, List, Optional, Type

_Handler = Callable[[int, Optional[FrameType]], Any]
#: A person who sends one of these twice does not want to wait for a model that hangs.
_IMPATIENT = (signal.SIGINT, signal.SIGTERM)


class Stopped(KeyboardInterrupt):
    """Leaves a look at a place where that tears nothing."""


class HeldSignals:
    """A `with` block in which handlers written in Python do not run, since they may raise anywhere.

    What arrives is noted. Ctrl-C ends the block at its next safe place, and the handlers run when
    the block is over and their signals are theirs again. In other threads than the main one no
    signal arrives, and the block does nothing.
    """

    #: The block that holds the signals now; None outside of any.
    _active: ClassVar[Optional[HeldSignals]] = None

    def __init__(self) -> None:
        """Nothing is held before the block begins."""
        self._handlers: Dict[int, _Handler] = {}
        #: In the order of arrival, each once.
        self._noted: Dict[int, None] = {}
        self.is_stop_wanted = False
        #: Whether the person's model runs, out of which an exception may come at any time.
        self.runs_model = False

    def __enter__(self) -> HeldSignals:
        """Takes the place of the handlers."""
        if HeldSignals._active is None and threading.current_thread() is threading.main_thread():
            try:
                for number in signal.valid_signals():
                    handler = signal.getsignal(number)
                    if callable(handler):
                        self._handlers[number] = handler
                        signal.signal(number, self._note)
                HeldSignals._active = self
            except BaseException:
                self._put_back()
                raise
        return self

    def _note(self, number: int, frame: Optional[FrameType]) -> None:
        is_again = number in self._noted
        self._noted[number] = None
        if number == signal.SIGINT and self._handlers[number] is signal.default_int_handler:
            self.is_stop_wanted = True
        if is_again and self.runs_model and number in _IMPATIENT:
            # The cleaning up on the way out is not interrupted again.
            self.runs_model = False
            del self._noted[number]
            self._handlers[number](number, frame)

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        traceback: Optional[TracebackType],
    ) -> None:
        """Gives the signals back, and runs the handlers of those that arrived."""
        if HeldSignals._active is not self:
            return
        HeldSignals._active = None
        raised = self._put_back()
        if not isinstance(error, KeyboardInterrupt) or isinstance(error, Stopped):
            raised += self._run_noted()
        if raised and isinstance(error, Stopped):
            raise raised[0] from None
        if raised:
            raise raised[0]

    # A handler that has its signal back may raise while others have not.
    def _put_back(self) -> List[BaseException]:
        raised: List[BaseException] = []
        waiting = list(self._handlers.items())
        while waiting:
            try:
                while waiting:
                    signal.signal(*waiting[-1])
                    waiting.pop()
            except BaseException as error:
                raised.append(error)
        return raised

    def _run_noted(self) -> List[BaseException]:
        raised: List[BaseException] = []
        for number in self._noted:
            try:
                self._handlers[number](number, sys._getframe())
            except BaseException as error:
                raised.append(error)
        return raised


def stop_if_asked() -> None:
    """A safe place: ends the look here where somebody pressed Ctrl-C.

    Raises:
        Stopped: somebody did.
    """
    held = HeldSignals._active
    if (
        held is not None
        and held.is_stop_wanted
        and threading.current_thread() is threading.main_thread()
    ):
        raise Stopped


@contextlib.contextmanager
def running_model() -> Iterator[None]:
    """While the model runs, a second Ctrl-C is not held back any more."""
    held = HeldSignals._active
    if held is None or threading.current_thread() is not threading.main_thread():
        yield
        return
    held.runs_model = True
    try:
        yield
    finally:
        held.runs_model = False
