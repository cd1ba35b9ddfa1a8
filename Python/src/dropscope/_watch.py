"""`watch`: makes the probe and the recording of a scope, and says where to look."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import platform
import shlex
import sys
import time
from typing import Any, Callable, Dict, Optional, Union

from dropscope._arguments import demand_whole
from dropscope._frameworks import refuse_others
from dropscope._program import version
from dropscope._recording import Recording
from dropscope._say import said_of, say
from dropscope._scope import Scope
from dropscope._signals import HeldSignals


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
        every: the number of steps between two looks, instead of a budget.
        path: where the recording lies: a file, a folder, a pipe, or `-` for the standard output. By
            default it lies where `dropscope view` looks for it.
        loss_fn: the loss of the output and `targets`, measured in both modes.
        targets: what `loss_fn` compares the output with.
        seed: where the probe's own random numbers start.
        quiet: prints no line at the start. Errors are still said.

    Raises:
        TypeError, ValueError: an argument is not what it must be. A model that cannot be looked at
            is no such error: it is reported, and the training goes on.
        ImportError: PyTorch is not installed.
    """
    _check_arguments(passes=passes, units=units, budget=budget, every=every, seed=seed)
    refuse_others(model)
    if importlib.util.find_spec("torch") is None:
        raise ImportError("dropscope.watch looks at models of PyTorch: pip install torch")
    import torch

    from dropscope._probe import Probe

    if not isinstance(model, torch.nn.Module):
        raise TypeError(f"the model is of type {type(model).__name__}, not a torch.nn.Module")
    about = _about(budget=None if every is not None else budget, every=every)
    try:
        with HeldSignals():
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
        why = f"this training is not watched: {said_of(error)}"
        say(why)
        about["model"] = type(model).__name__
        return Scope(None, None, about, budget=budget, every=every, why_off=why)
    about["model"] = probe.model_name
    about["passes"] = passes
    about["examples"] = probe.examples

    recording = None
    try:
        recording = Recording(path, probe.model_name)
    except OSError as error:
        say(f"nothing is recorded, and the training goes on: {error}")
    if recording is not None and not quiet:
        say(_announced(recording, path))
    return Scope(probe, recording, about, budget=budget, every=every)


# Where the recording goes, and how to see it.
def _announced(recording: Recording, path: Union[str, os.PathLike[str], None]) -> str:
    if path is not None and os.fspath(path) == "-":
        # Nobody else can open it: whoever reads it stands behind the pipe already.
        return "recording to the standard output. See it with a pipe: ... | dropscope view -"
    view = "dropscope view"
    if not recording.is_default:
        view = f"dropscope view {shlex.quote(recording.path)}"
    return f"recording to {recording.path}. See it with: {view} (in another terminal)"


def _check_arguments(
    *, passes: int, units: int, budget: float, every: Optional[int], seed: int
) -> None:
    demand_whole("passes", passes, 2)
    demand_whole("units", units, 1)
    demand_whole("seed", seed)
    if every is not None:
        demand_whole("every", every, 1)
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
