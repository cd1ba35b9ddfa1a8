"""A scope: when it looks at a training, and what of its troubles the training learns of."""

from __future__ import annotations

import atexit
import math
import os
import sys
import time
import weakref
from types import TracebackType
from typing import TYPE_CHECKING, Any, Callable, Dict, Optional, Type

from dropscope._recording import Recording
from dropscope._say import Once, said_of
from dropscope._signals import HeldSignals

if TYPE_CHECKING:
    from dropscope._model import Look
    from dropscope._report import Report

_NEVER = math.inf


class Scope:
    """The eye on one training. `watch` makes it; the training calls `step` once for each step.

    It ends with `close`, at the end of a `with` block, or with the process. An error inside of it
    never reaches the training: it is printed once, on the standard error, and the training goes on
    without it.
    """

    def __init__(
        self,
        probe: Any,
        recording: Optional[Recording],
        about: Dict[str, Any],
        *,
        budget: float,
        every: Optional[int],
        why_off: Optional[str] = None,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        """Starts with the first step. `about` is what the header tells besides the layers.

        Without a probe `why_off` says why there is none.
        """
        self._probe = probe
        self._recording = recording
        self._about = about
        self._budget = budget
        self._every = every
        self._clock = clock
        self._once = Once()
        self._why_off = why_off
        self._started = clock()
        self._steps = 0
        self._looks = 0
        self._spent = 0.0
        self._has_header = False
        # A look is due at this step, or at this time, whatever comes first.
        self._next_step: float = 1 if probe is not None else _NEVER
        self._next_time: float = _NEVER
        self._is_closed = False
        _scopes.add(self)

    @property
    def path(self) -> Optional[str]:
        """Where the recording lies; None where there is none."""
        return self._recording.path if self._recording is not None else None

    def step(self, loss: Any = None) -> None:
        """Counts a step of the training, and looks where a look is due.

        `loss` is the loss of this step: a number, or a tensor with one. Only in a look it is read,
        since reading it makes a graphics processor finish its work.
        """
        self._steps += 1
        if self._steps >= self._next_step or self._clock() >= self._next_time:
            with HeldSignals():
                self._look(loss)

    def report(self) -> Report:
        """The report of all looks so far.

        If the probe is off because of an error, a remark of the report says so and why.

        Raises:
            RuntimeError: no step was taken yet.
        """
        from dropscope._report import Report, off

        if self._probe is not None and self._looks:
            extra = () if self._why_off is None else (off(self._why_off),)
            report: Report = self._probe.report(extra)
            return report
        if self._why_off is None:
            raise RuntimeError(
                "there is nothing to report: no step was taken yet. Call step() in the training "
                "loop."
            )
        return Report(str(self._about.get("model", "the model")), (), (), [off(self._why_off)])

    def close(self) -> None:
        """Ends the recording and takes everything off the model. Closing twice does nothing."""
        self._close(None)

    def __enter__(self) -> Scope:
        """The scope itself."""
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        traceback: Optional[TracebackType],
    ) -> None:
        """Closes; the recording tells of an exception that ended the block."""
        self._close(error)

    def __del__(self) -> None:
        """Closes a scope that nobody holds any more, such as one of a function that has ended."""
        if hasattr(self, "_is_closed"):
            self._close(None)

    def _look(self, loss: Any) -> None:
        start = self._clock()
        index = self._looks + 1
        try:
            # Places are judged in looks 1, 2, 4, 8 and so on.
            look = self._probe.look(places=index & (index - 1) == 0)
            self._looks = index
            self._record(look, index, loss, start)
        except Exception as error:
            self._go_off(error)
            return
        finally:
            end = self._clock()
            self._spent += end - start
            self._plan(end, end - start)

    def _plan(self, now: float, cost: float) -> None:
        if self._is_closed:
            return
        if self._every is not None:
            self._next_step = (self._steps // self._every + 1) * self._every
        else:
            # The training first gets the time of which this look is the allowed share.
            self._next_step = _NEVER
            self._next_time = now + cost / self._budget

    def _record(self, look: Look, index: int, loss: Any, start: float) -> None:
        recording = self._recording
        if recording is None or recording.is_over:
            return
        if not self._has_header:
            recording.write_header(self._probe.layers, self._about)
            self._has_header = True
        calls = self._probe.calls
        recording.write_look(
            look,
            index=index,
            step=self._steps,
            seconds=start - self._started,
            spent=self._spent + self._clock() - start,
            batch_loss=self._number(loss),
            calls={
                "train": calls.train,
                "backward": calls.backward,
                "eval": calls.eval,
                "eval with gradient": calls.eval_with_gradient,
            },
        )

    def _number(self, loss: Any) -> Optional[float]:
        if loss is None:
            return None
        try:
            return float(loss.detach() if hasattr(loss, "detach") else loss)
        except Exception as error:
            self._once.say("loss", f"step(loss=) takes one number, so no loss is recorded: {error}")
            return None

    def _go_off(self, error: Exception) -> None:
        self._why_off = f"it went off at step {self._steps}: {said_of(error)}"
        self._once.say(
            "off",
            f"the probe goes off at step {self._steps}, and the training goes on: "
            + said_of(error),
        )
        self._close(error)

    def _close(self, error: Optional[BaseException]) -> None:
        if self._is_closed:
            return
        self._is_closed = True
        self._next_step = self._next_time = _NEVER
        _scopes.discard(self)
        try:
            if self._probe is not None:
                self._probe.close()
        except Exception as other:
            self._once.say("closing", f"the probe could not be closed: {said_of(other)}")
        if error is not None and not self._looks:
            self._probe = None
        if self._recording is not None:
            self._recording.close(
                step=self._steps,
                seconds=self._clock() - self._started,
                why=None if error is None else said_of(error),
            )

    def _forget(self) -> None:
        """Leaves everything to the parent process: for a child that was forked."""
        self._is_closed = True
        self._next_step = self._next_time = _NEVER


_scopes: weakref.WeakSet[Scope] = weakref.WeakSet()


def _forget_all() -> None:
    for scope in list(_scopes):
        scope._forget()
    _scopes.clear()


def _close_all() -> None:
    # Set where an exception that nobody caught ends the process. An interactive session keeps the
    # last one there, whatever came after it.
    error = None
    if not hasattr(sys, "ps1") and "ipykernel" not in sys.modules:
        error = getattr(sys, "last_exc", None) or getattr(sys, "last_value", None)
    for scope in list(_scopes):
        scope._close(error)


atexit.register(_close_all)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_all)
