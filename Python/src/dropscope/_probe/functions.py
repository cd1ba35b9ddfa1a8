"""Follows calls of dropout, and random numbers until they meet an activation."""

from __future__ import annotations

from typing import Any, Callable, Dict, FrozenSet, Iterator, List, Optional, Sequence, Tuple

import torch
from torch import Tensor
from torch.overrides import TorchFunctionMode

from dropscope._probe.followed import (
    ALIKE,
    ATTENTIONS,
    BERNOULLI,
    DROPOUTS,
    MASKING,
    OVER,
    SAMPLERS,
    TIMES,
    TO_MASK,
    UNIFORM,
    Calls,
    DropoutCall,
    MaskMeeting,
    attention_dropout,
    dropout_arguments,
)
from dropscope._probe.randomness import RandomStates
from dropscope._probe.scales import Scales
from dropscope._probe.source import person_line
from dropscope._probe.tensors import image_axis, thinned


class _Taint:
    def __init__(self, tensor: Tensor, is_mask: bool, roots: FrozenSet[int]) -> None:
        # The tensor is held, since its id is free again when it is gone.
        self.tensor = tensor
        self.is_mask = is_mask
        self.roots = roots


class Follower(TorchFunctionMode):
    """Watches the functions of one pass. `position` tells the gap it is in."""

    def __init__(
        self,
        position: Callable[[], int],
        states: RandomStates,
        common: Optional[Calls] = None,
        is_inside_attention: Callable[[], bool] = lambda: False,
    ) -> None:
        """`common` are the calls of eval mode, whose products are no part of a dropout."""
        super().__init__()
        self.calls = Calls()
        self._position = position
        self._is_inside_attention = is_inside_attention
        self._states = states
        self._scales = Scales(self.calls, position, common)
        self._taints: Dict[int, _Taint] = {}
        self._draws = 0

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
        if _is_transformed():
            # Tensors of a transformation have no values of their own, and end with it.
            if name in DROPOUTS:
                p, training = dropout_arguments(args, kwargs)
                self._note(DropoutCall(name, p, training, person_line()))
            return func(*args, **kwargs)
        generator = kwargs.get("generator")
        if isinstance(generator, torch.Generator):
            self._states.keep(generator)
        if name in DROPOUTS:
            return self._dropped(func, name, args, kwargs)
        if name in ATTENTIONS:
            self._note_attention(func, name, args, kwargs)
        elif name in SAMPLERS or (name in BERNOULLI and _is_varied(_chances(name, args, kwargs))):
            self.calls.samples.add(self._position())
        elif name in UNIFORM or name in BERNOULLI:
            return self._drawn(func(*args, **kwargs), name in BERNOULLI)
        elif name == "randint":
            return self._drawn(func(*args, **kwargs), True)
        elif name in TIMES or name in OVER or (self._taints and name != "__get__"):
            return self._followed(func, name, args, kwargs)
        return func(*args, **kwargs)

    def _dropped(
        self, func: Callable[..., Any], name: str, args: Tuple[Any, ...], kwargs: Dict[str, Any]
    ) -> Any:
        p, training = dropout_arguments(args, kwargs)
        given = args[0] if args else kwargs.get("input")
        # One number everywhere is no activation: the result is a mask that somebody lays over one.
        is_mask = training and p > 0 and _is_constant(given)
        result = func(*args, **kwargs)
        if is_mask:
            return self._drawn(result, True)
        self._note(DropoutCall(name, p, training, person_line()))
        return result

    def _note_attention(
        self, func: Callable[..., Any], name: str, args: Tuple[Any, ...], kwargs: Dict[str, Any]
    ) -> None:
        p = attention_dropout(name, args, kwargs)
        # A call inside of a layer is no part of a gap.
        if p > 0 and not self._is_inside_attention():
            self._note(DropoutCall(name, p, True, person_line()))

    def _note(self, call: DropoutCall) -> None:
        self.calls.dropouts.setdefault(self._position(), []).append(call)

    def _drawn(self, result: Any, is_mask: bool, roots: FrozenSet[int] = frozenset()) -> Any:
        if isinstance(result, Tensor):
            self._draws += not roots
            self._taints[id(result)] = _Taint(result, is_mask, roots or frozenset({self._draws}))
        return result

    def _followed(
        self, func: Callable[..., Any], name: str, args: Tuple[Any, ...], kwargs: Dict[str, Any]
    ) -> Any:
        given = [*args, *kwargs.values()]
        found = list(_flat(given))
        random = [t for t in found if id(t) in self._taints]
        others = [t for t in found if id(t) not in self._taints and t.dim() > 0]
        if not random:
            result = func(*args, **kwargs)
            self._scales.follow(name, args, result)
            return result
        roots = frozenset().union(*(self._taints[id(t)].roots for t in random))
        if not others or (name in ALIKE and args[0] is random[0]):
            result = func(*args, **kwargs)
            is_mask = name in TO_MASK or any(self._taints[id(t)].is_mask for t in random)
            return self._drawn(result, is_mask, roots)
        if self._is_factor(name, args):
            result = func(*args, **kwargs)
            self._scales.follow(name, args, result)
            return result
        is_mask = any(self._taints[id(t)].is_mask for t in random)
        activations = [t for t in others if t.is_floating_point() and t.numel() > 1]
        if not is_mask and name in TO_MASK:
            # Random numbers below a tensor of probabilities.
            result = func(*args, **kwargs)
            if _is_varied(others):
                self.calls.samples.add(self._position())
                return result
            return self._drawn(result, True, roots)
        if not is_mask or name not in MASKING or not activations:
            return func(*args, **kwargs)
        activation = activations[0]
        changes = name.endswith("_") and (not name.endswith("__") or name in _IN_PLACE)
        before = activation.detach().clone() if changes else activation.detach()
        result = func(*args, **kwargs)
        after = activation if name == "__setitem__" else result
        if isinstance(after, Tensor) and after.shape == before.shape:
            other = self._meet(activation, before, after, roots)
            if other is not None and (changes or after is not result):
                after.copy_(other)
            elif other is not None:
                meeting = self._scales.meeting(after)
                if meeting is not None:
                    self._scales.met(other, meeting)
                return other
        elif isinstance(after, Tensor) and name in TIMES:
            self._fill(activation, after, roots)
        return result

    # A vector for many positions is no activation, but may fill what a mask has taken away.
    def _fill(self, vector: Tensor, result: Tensor, roots: FrozenSet[int]) -> None:
        axis = image_axis(result)
        whole = vector.detach().expand(result.shape)
        kept = [thinned(tensor.detach(), axis).clone() for tensor in (whole, result)]
        fill = MaskMeeting(person_line(), kept[0], kept[1], roots)
        self.calls.fills.setdefault(self._position(), []).append(fill)

    # Whether random numbers are a factor of what a mask has kept, and not a mask of their own.
    def _is_factor(self, name: str, args: Tuple[Any, ...]) -> bool:
        if len(args) != 2 or not (name in TIMES or name in OVER):
            return False
        for masked, other in (args, args[::-1] if name in TIMES else args):
            meeting, taint = self._scales.meeting(masked), self._taints.get(id(other))
            if meeting is None or taint is None:
                continue
            shares = bool(taint.roots & meeting.roots) and bool((taint.tensor != 0).all())
            if name in OVER or not taint.is_mask or shares:
                return True
        return False

    # The value to hand on in place of the result; None for the result itself.
    def _meet(
        self, activation: Tensor, before: Tensor, after: Tensor, roots: FrozenSet[int]
    ) -> Optional[Tensor]:
        axis = image_axis(before)
        # Copies: what was met may be changed in place later on.
        kept = [thinned(tensor.detach(), axis).clone() for tensor in (before, after)]
        meeting = MaskMeeting(person_line(), kept[0], kept[1], roots)
        meeting.is_scaled_before = self._scales.is_scaled(activation)
        self.calls.meetings.setdefault(self._position(), []).append(meeting)
        self._scales.met(after, meeting)
        return None


_IN_PLACE = frozenset({"__imul__", "__itruediv__", "__setitem__"})


# Whether a transformation of torch.func runs, such as vmap.
def _is_transformed() -> bool:
    functorch = getattr(torch._C, "_functorch", None)
    peek = getattr(functorch, "peek_interpreter_stack", None)
    return peek is not None and peek() is not None


# The probabilities of a draw. Beside a number, or in place, the first argument is but a shape.
def _chances(name: str, args: Tuple[Any, ...], kwargs: Dict[str, Any]) -> Tuple[Any, ...]:
    given = args[1:2] or tuple(kwargs[key] for key in ("p",) if key in kwargs)
    return given or (() if name.endswith("_") else args[:1])


# Probabilities of each value's own.
def _is_varied(values: Sequence[Any]) -> bool:
    given = [value for value in values if isinstance(value, Tensor) and value.numel() > 1]
    return bool(given) and not _is_constant(given[-1])


def _is_constant(value: Any) -> bool:
    if not isinstance(value, Tensor) or value.numel() < 2:
        return False
    first = value.detach().reshape(-1)[:1]
    return bool((first != 0) & (value.detach() == first).all())


def _flat(values: List[Any]) -> Iterator[Tensor]:
    for value in values:
        if isinstance(value, Tensor):
            yield value
        elif isinstance(value, (list, tuple)):
            yield from _flat(list(value))
