"""Factors besides its own scale on the values that dropout keeps, where a gap does not tell.

On a residual path no quotient tells what dropout does, and the dropout by itself may be right while
the branch it lies on is multiplied once more in one of the modes. So dropout is replaced by its
mean, which is the identity, and then by zeros: what is left is the path around it.
"""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence, Tuple

import torch
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

from dropscope._probe.droppers import single_factor
from dropscope._probe.followed import ATTENTIONS, DROPOUTS, attention_dropout, dropout_arguments
from dropscope._probe.hooks import CallObserver, Key
from dropscope._probe.recording import Patched
from dropscope._probe.tensors import first_activation, image_axis, thinned

#: From this share of the size of the whole on, what a branch adds is told apart from rounding.
_TOLD = 1e-3
#: How far quotients of such differences may be apart.
_APART = 5e-3
_FEWEST = 40
#: A branch behind a tiny scale must be this number of roundings in size; its quotients may be
#: further apart.
_FAINT_ROUNDINGS = 20
_FAINT_APART = 0.08
#: Coarser numbers show nothing of such a branch.
_FINE = (torch.float32, torch.float64)


class Beside:
    """The factor of the values that dropout keeps: in training, over that at test."""

    def __init__(self, factor: Optional[float]) -> None:
        """None where it is no single number."""
        self.factor = factor

    @property
    def is_right(self) -> bool:
        """Whether it is 1."""
        return self.factor is not None and abs(self.factor - 1) <= _APART


class Means(TorchFunctionMode):
    """Replaces dropout by its mean, or by zeros where `is_zero` says so of a gap.

    If it is `kept`, all values are multiplied by what dropout multiplies those with that it keeps.
    """

    def __init__(
        self, position: Callable[[], int], is_zero: Callable[[int], bool], *, kept: bool = False
    ) -> None:
        """`position` tells the gap that the pass is in."""
        super().__init__()
        self._position = position
        self._is_zero = is_zero
        self._is_kept = kept

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Any,
        args: Tuple[Any, ...] = (),
        kwargs: Optional[Dict[str, Any]] = None,
    ) -> Any:
        """Calls the function, or leaves it out where it drops."""
        kwargs = dict(kwargs or {})
        name = getattr(func, "__name__", "")
        if name in DROPOUTS:
            p = dropout_arguments(args, kwargs)[0]
            given = args[0] if args else kwargs.get("input")
            if isinstance(given, Tensor) and 0 < p < 1:
                return self.replaced(given, 1 / (1 - p) if self._is_kept else 1.0)
        elif name in ATTENTIONS and attention_dropout(name, args, kwargs) > 0:
            place = ATTENTIONS[name]
            if len(args) > place:
                args = (*args[:place], 0.0, *args[place + 1 :])
            else:
                kwargs["dropout_p"] = 0.0
        return func(*args, **kwargs)

    def replaced(self, given: Tensor, factor: float = 1.0) -> Tensor:
        """The value in the place of the result."""
        if self._is_zero(self._position()):
            return torch.zeros_like(given)
        return given.clone() if factor == 1 else given * factor


class Replacing(CallObserver):
    """Replaces the results of modules of the person's own that drop, and are right by themselves.

    Of norms it keeps the inputs, in which a branch shows that their result hides.
    """

    def __init__(self, means: Means, patched: Patched, factors: Mapping[Key, float]) -> None:
        """`factors` are what the modules multiply with at test."""
        self._means = means
        self._patched = patched
        self._factors = factors
        self._given: Dict[Key, Tensor] = {}
        self.norms: Dict[Key, Tuple[int, Tensor]] = {}

    def started(self, key: Key, inputs: Any) -> None:
        """Keeps an input."""
        tensor = first_activation(inputs)
        if tensor is None:
            return
        if key in self._factors:
            self._given[key] = tensor.detach().clone()
        elif is_norm(key[0]):
            kept = thinned(tensor.detach(), image_axis(tensor)).clone()
            self.norms[key] = (self._patched.position, kept)

    def finished(self, key: Key, inputs: Any, output: Any) -> Any:
        """Hands on what stands in for the result."""
        given = self._given.pop(key, None)
        if given is None or not isinstance(output, Tensor) or output.shape != given.shape:
            return None
        self._patched.forget_draws()
        return self._means.replaced(given, self._factors[key])


def is_norm(module: nn.Module) -> bool:
    """Whether the module norms what it is given."""
    return "Norm" in type(module).__name__ and next(module.children(), None) is None


class Seen:
    """One pass with dropout replaced: what goes into each layer, and into norms before it."""

    def __init__(self, patched: Patched, norms: Mapping[Key, Tuple[int, Tensor]]) -> None:
        self.inputs = patched.inputs
        self.drew = patched.drew_between
        self._norms = norms

    def points(self, gap: int) -> List[Tuple[Any, Tensor]]:
        """The values of a gap, norms first, with names by which other passes have them too."""
        found: List[Tuple[Any, Tensor]] = [
            (key, tensor) for key, (position, tensor) in self._norms.items() if position == gap
        ]
        last = self.inputs[gap]
        return [*found, *([] if last is None else [(None, last)])]


def compared(
    gap: int, trained: Seen, tested: Seen, without: Seen, *, is_faint: bool = False
) -> Beside:
    """The factor of what passes the dropout of one gap, in training over test.

    `without` is a pass in training in which it is zero. Where the branch `is_faint`, it stands out
    from rounding only just, and so does the factor.
    """
    others, bases = dict(tested.points(gap)), dict(without.points(gap))
    for name, value in trained.points(gap):
        test, base = others.get(name), bases.get(name)
        if test is None or base is None or not value.shape == test.shape == base.shape:
            continue
        least, apart = _TOLD, _APART
        if is_faint:
            least, apart = _FAINT_ROUNDINGS * float(torch.finfo(value.dtype).eps), _FAINT_APART
        factor = _factor(value.double(), test.double(), base.double(), least, apart)
        if factor is not None:
            return Beside(factor)
    return Beside(None)


def _factor(
    value: Tensor, test: Tensor, base: Tensor, least: float, apart_limit: float
) -> Optional[float]:
    branch = test - base
    told = branch.abs() > least * (test.abs() + base.abs())
    told &= branch.isfinite() & (value - base).isfinite()
    if float(told.sum()) < _FEWEST:
        return None
    ratio = ((value - base) / branch)[told]
    factor = float(ratio.median())
    apart = (ratio - factor).abs() > apart_limit * abs(factor)
    return factor if factor > 0 and float(apart.double().mean()) <= 0.05 else None


def are_same(first: Optional[Tensor], second: Optional[Tensor]) -> bool:
    """Whether two values of a gap are the same, up to rounding; or cannot be compared."""
    if first is None or second is None or first.shape != second.shape:
        return True
    first, second = first.float(), second.float()
    finite = first.isfinite() & second.isfinite()
    if not bool(finite.any()):
        return True
    size = float(second[finite].abs().double().mean())
    limit = 1e-3 * second.abs() + 1e-4 * size
    return float((((first - second).abs() <= limit) | ~finite).double().mean()) > 0.99


def is_faintly_off(gap: int, trained: Seen, tested: Seen) -> bool:
    """Whether single precision tells values of both modes apart, although they are close."""
    others = dict(tested.points(gap))
    for name, value in trained.points(gap):
        test = others.get(name)
        if test is None or test.shape != value.shape or value.dtype not in _FINE:
            continue
        apart = (value - test).abs() > 4 * torch.finfo(value.dtype).eps * test.abs()
        if float(apart.sum()) >= _FEWEST:
            return True
    return False


def factors_at_test(calls: Mapping[Key, Any], right: Sequence[Key]) -> Dict[Key, float]:
    """The factors at test of modules that are right, where each is one number."""
    found = {}
    for key in right:
        factor = single_factor(calls[key]) if key in calls else None
        if factor is not None:
            found[key] = factor
    return found
