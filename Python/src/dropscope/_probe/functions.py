"""Follows calls of dropout, and random numbers until they meet an activation."""

from __future__ import annotations

from collections import Counter
from typing import Any, Callable, Dict, Iterator, List, Optional, Tuple

import torch
from torch import Tensor
from torch.overrides import TorchFunctionMode

from dropscope._probe.randomness import RandomStates
from dropscope._probe.source import person_line
from dropscope._probe.tensors import image_axis, thinned

_DROPOUTS = frozenset(
    {"dropout", "dropout_", "alpha_dropout", "alpha_dropout_", "feature_dropout",
     "feature_dropout_", "feature_alpha_dropout", "feature_alpha_dropout_", "dropout1d",
     "dropout2d", "dropout3d", "native_dropout"}
)  # fmt: skip
_UNIFORM = frozenset({"rand", "rand_like", "uniform_"})
_BERNOULLI = frozenset({"bernoulli", "bernoulli_"})
_TO_MASK = frozenset(
    {"lt", "le", "gt", "ge", "less", "less_equal", "greater", "greater_equal", "floor", "floor_",
     "ceil", "ceil_", "round", "round_", "__lt__", "__le__", "__gt__", "__ge__"}
)  # fmt: skip
_TIMES = frozenset({"mul", "mul_", "multiply", "multiply_", "__mul__", "__rmul__", "__imul__"})
_OVER = frozenset({"div", "div_", "divide", "true_divide", "__truediv__", "__itruediv__"})
_MASKING = _TIMES | {"where", "masked_fill", "masked_fill_", "__setitem__"}


class DropoutCall:
    """A call of one of PyTorch's dropout functions, or of attention with dropout."""

    def __init__(self, name: str, p: float, training: bool, source: Optional[str]) -> None:
        """`p` is the probability to drop."""
        self.name = name
        self.p = p
        self.training = training
        self.source = source


class MaskMeeting:
    """A mask of random numbers that was laid over an activation."""

    def __init__(self, source: Optional[str], before: Tensor, after: Tensor) -> None:
        """`before` is the activation, `after` the result."""
        self.source = source
        self.before = before
        self.after = after
        #: What the result was multiplied with afterwards, and the activation before.
        self.later = 1.0
        self.is_scaled_before = False


class Calls:
    """What one pass called, by the gap it happened in."""

    def __init__(self) -> None:
        """Empty before the pass."""
        self.dropouts: Dict[int, List[DropoutCall]] = {}
        self.meetings: Dict[int, List[MaskMeeting]] = {}
        #: Multiplications by plain numbers: gap, line and factor.
        self.scales: Counter[Tuple[int, Optional[str], float]] = Counter()


class _Taint:
    def __init__(self, tensor: Tensor, is_mask: bool) -> None:
        # The tensor is held, since its id is free again when it is gone.
        self.tensor = tensor
        self.is_mask = is_mask


class Follower(TorchFunctionMode):
    """Watches the functions of one pass. `position` tells the gap it is in."""

    def __init__(
        self,
        position: Callable[[], int],
        states: RandomStates,
        common: Optional[Counter[Tuple[int, Optional[str], float]]] = None,
    ) -> None:
        """`common` are multiplications of eval mode, which are no part of a dropout."""
        super().__init__()
        self.calls = Calls()
        self._position = position
        self._states = states
        self._common = common
        self._taints: Dict[int, _Taint] = {}
        self._masked: Dict[int, Tuple[Tensor, MaskMeeting]] = {}
        self._scaled: Dict[int, Tensor] = {}

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Any,
        args: Tuple[Any, ...] = (),
        kwargs: Optional[Dict[str, Any]] = None,
    ) -> Any:
        """Calls the function, and notes what it has to do with dropout."""
        kwargs = kwargs or {}
        name = getattr(func, "__name__", "")
        generator = kwargs.get("generator")
        if isinstance(generator, torch.Generator):
            self._states.keep(generator)
        if name in _DROPOUTS:
            self._note_dropout(name, args, kwargs)
        elif name == "scaled_dot_product_attention":
            p = kwargs.get("dropout_p", args[4] if len(args) > 4 else 0.0)
            if p > 0:
                call = DropoutCall("scaled_dot_product_attention", float(p), True, person_line())
                self.calls.dropouts.setdefault(self._position(), []).append(call)
        elif name in _UNIFORM or name in _BERNOULLI:
            return self._drawn(func(*args, **kwargs), name in _BERNOULLI)
        elif name == "randint":
            return self._drawn(func(*args, **kwargs), True)
        elif name in _TIMES or name in _OVER or (self._taints and name != "__get__"):
            return self._followed(func, name, args, kwargs)
        return func(*args, **kwargs)

    def _note_dropout(self, name: str, args: Tuple[Any, ...], kwargs: Dict[str, Any]) -> None:
        p = kwargs.get("p", args[1] if len(args) > 1 else 0.5)
        training = args[2] if len(args) > 2 else True
        training = kwargs.get("training", kwargs.get("train", training))
        if isinstance(p, (int, float)):
            call = DropoutCall(name, float(p), bool(training), person_line())
            self.calls.dropouts.setdefault(self._position(), []).append(call)

    def _drawn(self, result: Any, is_mask: bool) -> Any:
        if isinstance(result, Tensor):
            self._taints[id(result)] = _Taint(result, is_mask)
        return result

    def _followed(
        self, func: Callable[..., Any], name: str, args: Tuple[Any, ...], kwargs: Dict[str, Any]
    ) -> Any:
        given = [*args, *kwargs.values()]
        found = list(_flat(given))
        random = [t for t in found if id(t) in self._taints]
        others = [t for t in found if id(t) not in self._taints and t.dim() > 0]
        if not random:
            return self._scaled_by_number(func, name, args, kwargs)
        if not others:
            result = func(*args, **kwargs)
            is_mask = name in _TO_MASK or any(self._taints[id(t)].is_mask for t in random)
            return self._drawn(result, is_mask)
        is_mask = any(self._taints[id(t)].is_mask for t in random)
        activations = [t for t in others if t.is_floating_point() and t.numel() > 1]
        if not is_mask and name in _TO_MASK:
            # Random numbers below a tensor of probabilities.
            return self._drawn(func(*args, **kwargs), True)
        if not is_mask or name not in _MASKING or not activations:
            return func(*args, **kwargs)
        activation = activations[0]
        changes = name.endswith("_") and (not name.endswith("__") or name in _IN_PLACE)
        before = activation.detach().clone() if changes else activation.detach()
        result = func(*args, **kwargs)
        after = activation if name == "__setitem__" else result
        if isinstance(after, Tensor) and after.shape == before.shape:
            self._meet(activation, before, after)
        return result

    def _meet(self, activation: Tensor, before: Tensor, after: Tensor) -> None:
        axis = image_axis(before)
        # Copies: what was met may be changed in place later on.
        kept = [thinned(tensor.detach(), axis).clone() for tensor in (before, after)]
        meeting = MaskMeeting(person_line(), kept[0], kept[1])
        meeting.is_scaled_before = id(activation) in self._scaled
        self.calls.meetings.setdefault(self._position(), []).append(meeting)
        self._masked[id(after)] = (after, meeting)

    def _scaled_by_number(
        self, func: Callable[..., Any], name: str, args: Tuple[Any, ...], kwargs: Dict[str, Any]
    ) -> Any:
        result = func(*args, **kwargs)
        is_product = name in _TIMES or name in _OVER
        if not is_product or len(args) != 2 or not isinstance(result, Tensor):
            return result
        numbers = [_number(value) for value in args]
        if (numbers[0] is None) == (numbers[1] is None):
            return result
        number = numbers[1] if numbers[0] is None else numbers[0]
        tensor = args[0] if numbers[0] is None else args[1]
        if not isinstance(tensor, Tensor) or number is None or not number:
            return result
        factor = 1 / number if name in _OVER else number
        place = (self._position(), person_line(), factor)
        self.calls.scales[place] += 1
        if self._common is not None and place not in self._common:
            if id(tensor) in self._masked:
                meeting = self._masked[id(tensor)][1]
                meeting.later *= factor
                self._masked[id(result)] = (result, meeting)
            else:
                self._scaled[id(result)] = result
        return result


_IN_PLACE = frozenset({"__imul__", "__itruediv__", "__setitem__"})


def _number(value: Any) -> Optional[float]:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, Tensor) and value.dim() == 0 and value.device.type == "cpu":
        return float(value.detach())
    return None


def _flat(values: List[Any]) -> Iterator[Tensor]:
    for value in values:
        if isinstance(value, Tensor):
            yield value
        elif isinstance(value, (list, tuple)):
            yield from _flat(list(value))
