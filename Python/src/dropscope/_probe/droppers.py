"""Modules without weights: what comes out over what goes in, in training against test."""

from __future__ import annotations

from typing import Any, Callable, Dict, Optional, Tuple

import torch
from torch import Tensor, nn

from dropscope._probe.hooks import CallObserver, Key
from dropscope._probe.source import person_line
from dropscope._probe.tensors import first_activation, image_axis, relative_error, thinned


class DropperCall:
    """One call of a module: what went in and came out."""

    def __init__(self, position: int, source: Optional[str], before: Tensor, after: Tensor) -> None:
        """`position` is the gap it happened in."""
        self.position = position
        self.source = source
        self.before = before
        self.after = after


class DropperObserver(CallObserver):
    """Keeps the calls of one pass."""

    def __init__(self, position: Callable[[], int]) -> None:
        """`position` tells the gap that the pass is in."""
        self.calls: Dict[Key, DropperCall] = {}
        self._position = position
        self._inputs: Dict[Key, Tuple[Tensor, Optional[str]]] = {}

    def started(self, key: Key, inputs: Any) -> None:
        """Copies the input, which an in-place module overwrites."""
        tensor = first_activation(inputs)
        if tensor is not None:
            kept = thinned(tensor.detach(), image_axis(tensor)).clone()
            self._inputs[key] = (kept, person_line())

    def finished(self, key: Key, inputs: Any, output: Any) -> Any:
        """Copies an output of the same shape."""
        after = first_activation(output)
        if key in self._inputs and after is not None:
            before, source = self._inputs.pop(key)
            after = thinned(after, image_axis(after))
            if before.shape == after.shape:
                call = DropperCall(self._position(), source, before, after.detach().clone())
                self.calls[key] = call
        return None


def multipliers(
    trained: DropperCall, tested: DropperCall
) -> Optional[Tuple[Tensor, Tensor, float]]:
    """Values in training and at test that one call may be judged by, and the test's scale.

    Where eval mode multiplies by one number, or leaves its input alone, each input is judged by
    itself. Otherwise only entries tell whose input was the same in both modes.
    """
    scale = single_factor(tested)
    if scale is not None:
        return trained.after, trained.before, 1 / scale
    if trained.before.shape != tested.before.shape:
        return None
    same = trained.before == tested.before
    if not bool(same.any()):
        return None
    return trained.after * same, tested.after * same, 1.0


def single_factor(call: DropperCall) -> Optional[float]:
    """The factor of a call at test, where that is one number."""
    live = call.before != 0
    if not bool(live.any()):
        return None
    ratio = call.after[live].float() / call.before[live].float()
    first = float(ratio.median())
    if first <= 0 or not bool(((ratio / first - 1).abs() < 1e-2).all()):
        return None
    return first


def is_on_at_test(first: DropperCall, second: DropperCall) -> bool:
    """Whether it drops in eval mode: zeros of two passes differ where the input is the same."""
    if first.before.shape != second.before.shape:
        return False
    same = first.before == second.before
    return zeros_differ(first.after * same, second.after * same)


def zeros_differ(first: Tensor, second: Tensor) -> bool:
    """Whether two results differ by what is dropped: zeros move, and the rest stays as it is.

    Noise moves the rest too, and rounding moves nothing but what is next to 0.
    """
    if first.shape != second.shape:
        return False
    share = max(1e-4, relative_error(first.dtype)) if first.is_floating_point() else 1e-4
    first, second = first.float(), second.float()
    finite = first.isfinite() & second.isfinite()
    both = (first != 0) & (second != 0) & finite
    small = share * float(torch.where(finite, first, 0).abs().max()) if first.numel() else 0.0
    moved = ((first == 0) != (second == 0)) & ((first.abs() + second.abs()) > small) & finite
    if not bool(moved.any()):
        return False
    if _is_sampled(first, second, moved):
        return False
    if not bool(both.any()):
        return True
    near = ((first - second).abs() <= 1e-2 * first.abs())[both]
    return float(near.float().mean()) >= 0.95


# Samples of classes, and the best of noisy scores, move their zeros too, but not their number.
def _is_sampled(first: Tensor, second: Tensor, moved: Tensor) -> bool:
    for axis in {1, first.dim() - 1} if first.dim() > 1 else ():
        rows = moved.any(axis)
        counts = [(values != 0).sum(axis)[rows] for values in (first, second)]
        if counts[0].equal(counts[1]) and counts[0].numel() >= (1 if _is_one(counts[0]) else 8):
            return True
    return False


def _is_one(counts: Tensor) -> bool:
    return counts.numel() >= 3 and bool((counts == 1).all())


def described(module: nn.Module) -> str:
    """The module as one would write it."""
    name = type(module).__name__
    if type(module).__module__.startswith("torch.nn.modules."):
        p = getattr(module, "p", None)
        return f"nn.{name}({p:g})" if isinstance(p, (int, float)) else f"nn.{name}"
    return name


def is_trusted(module: nn.Module) -> bool:
    """Whether what it does cannot be read from zeros: alpha dropout is trusted by its arguments."""
    return isinstance(module, (nn.AlphaDropout, nn.FeatureAlphaDropout))
