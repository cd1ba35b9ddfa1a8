"""`watch`: looks at a model while it trains, for a small share of the time."""

from __future__ import annotations

import atexit
import contextlib
import importlib.util
import math
import os
import platform
import shlex
import sys
import time
import weakref
from types import TracebackType
from typing import TYPE_CHECKING, Any, Callable, Dict, Optional, Type, Union

from dropscope._program import version
from dropscope._recording import Recording
from dropscope._say import Once, say

if TYPE_CHECKING:
    from dropscope._model import Look
    from dropscope._report import Report

_NEVER = math.inf


class Scope:
    """The eye on one training. `watch` makes it; the training calls `step` once for each step.

    It ends with `close`, at the end of a `with` block, or with the process. Nothing that goes wrong
    inside of it reaches the training: it is said once, on the standard error, and the training goes
    on without it.
    """

    def __init__(
        self,
        probe: Any,
        recording: Optional[Recording],
        about: Dict[str, Any],
        *,
        budget: float,
        every: Optional[int],
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        """Starts with the first step. `about` is what the header tells besides the layers."""
        self._probe = probe
        self._recording = recording
        self._about = about
        self._budget = budget
        self._every = every
        self._clock = clock
        self._once = Once()
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
            self._look(loss)

    def report(self) -> Report:
        """The report of all looks so far.

        Raises:
            RuntimeError: there was no look yet, or the probe is off because of an error.
        """
        if self._probe is None or not self._looks:
            raise RuntimeError(
                "there is nothing to report: "
                + (
                    "this training is not watched, as the standard error tells."
                    if self._probe is None
                    else "no step was taken yet. Call step() in the training loop."
                )
            )
        report: Report = self._probe.report()
        return report

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
        self._once.say(
            "off",
            f"the probe goes off at step {self._steps}, and the training goes on: "
            + _sentence(error),
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
            self._once.say("closing", f"the probe could not be closed: {_sentence(other)}")
        if error is not None and not self._looks:
            self._probe = None
        if self._recording is not None:
            self._recording.close(
                step=self._steps,
                seconds=self._clock() - self._started,
                why=None if error is None else _sentence(error),
            )

    def _forget(self) -> None:
        """Leaves everything to the parent process: for a child that was forked."""
        self._is_closed = True
        self._next_step = self._next_time = _NEVER


def _sentence(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}".rstrip(": ")


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


def watch(
    model: Any,
    batch: Any,
    *,
    call: Optional[Callable[[Any, Any], Any]] = None,
    passes: int = 4,
    units: int = 64,
    budget: float = 0.02,
    every: Optional[int] = None,
    path: Union[str, os.PathLike[str], None] = None,
    loss_fn: Optional[Callable[[Any, Any], Any]] = None,
    targets: Any = None,
    seed: int = 0,
    quiet: bool = False,
) -> Scope:
    """Looks at a PyTorch model while it trains, and records what dropout does to it.

    Call `step` of the result once for each step of the training. The first of them looks; after
    that looks take at most the share `budget` of the time, or, where `every` is given, each
    `every`-th step looks. `dropscope view` shows the recording while it grows.

    Args:
        model: the `torch.nn.Module` as it is trained.
        batch: what the model is called with: a tensor, a tuple or a dictionary. At most 32 of its
            examples are used.
        call: how the model is called, where that is not `model(batch)`, `model(*batch)` or
            `model(**batch)`: a function of the model and the batch.
        passes: how many passes in training mode a look makes, at least 2.
        units: how many units and inputs of a layer are recorded, at most 64.
        budget: the share of the time that looks may take, above 0 and below 1.
        every: look at every so many steps instead.
        path: where the recording lies: a file, a folder, a pipe, or `-` for the standard output. By
            default it lies where `dropscope view` looks for it.
        loss_fn: the loss of the output and `targets`, measured in both modes.
        targets: what `loss_fn` compares the output with.
        seed: where the probe's own random numbers start.
        quiet: prints no line at the start. Errors are still said.

    Raises:
        TypeError, ValueError: an argument is not what it must be. A model that cannot be looked at
            is no such error: it is said, and the training goes on.
        ImportError: PyTorch is not installed.
    """
    _check_arguments(passes=passes, units=units, budget=budget, every=every)
    if importlib.util.find_spec("torch") is None:
        raise ImportError("dropscope.watch looks at models of PyTorch: pip install torch")
    import torch

    from dropscope._probe import Probe

    if not isinstance(model, torch.nn.Module):
        raise TypeError(f"the model is a {type(model).__name__}, not a torch.nn.Module")
    about = _about(budget=None if every is not None else budget, every=every)
    try:
        probe = Probe(
            model,
            batch,
            call=call,
            passes=passes,
            units=units,
            loss_fn=loss_fn,
            targets=targets,
            seed=seed,
        )
        probe.count_calls(True)
    except Exception as error:
        # Such as a model that is sharded, or has no weights yet.
        say(f"this training is not watched: {_sentence(error)}")
        return Scope(None, None, about, budget=budget, every=every)
    about["model"] = probe.model_name
    about["passes"] = passes
    about["examples"] = probe.examples

    recording = None
    try:
        recording = Recording(path, probe.model_name)
    except OSError as error:
        say(f"nothing is recorded, and the training goes on: {error}")
    if recording is not None and not quiet:
        view = (
            "dropscope view"
            if recording.is_default
            else f"dropscope view {shlex.quote(recording.path)}"
        )
        say(f"recording to {recording.path}. See it with: {view} (in another terminal)")
    return Scope(probe, recording, about, budget=budget, every=every)


def _check_arguments(*, passes: int, units: int, budget: float, every: Optional[int]) -> None:
    for name, value, least in (("passes", passes, 2), ("units", units, 1), ("every", every, 1)):
        if value is None and name == "every":
            continue
        if not isinstance(value, int) or isinstance(value, bool):
            raise TypeError(f"{name} is a whole number, not {value!r}")
        if value < least:
            raise ValueError(f"{name} is {value}; it is at least {least}")
    if units > 64:
        raise ValueError(f"units is {units}; a recording shows at most 64 of a layer")
    if not isinstance(budget, (int, float)) or isinstance(budget, bool):
        raise TypeError(f"budget is a share of the time, such as 0.02, not {budget!r}")
    if not 0 < budget < 1:
        raise ValueError(f"budget is {budget}; it is a share of the time, above 0 and below 1")


def _about(*, budget: Optional[float], every: Optional[int]) -> Dict[str, Any]:
    frameworks = {}
    for name in ("torch", "lightning", "pytorch_lightning", "transformers"):
        module = sys.modules.get(name)
        with contextlib.suppress(Exception):
            if module is not None:
                frameworks[name] = str(module.__version__)
    return {
        "program": version(),
        "python": platform.python_version(),
        "frameworks": frameworks,
        "started": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "process": os.getpid(),
        "budget": budget,
        "every": every,
    }
