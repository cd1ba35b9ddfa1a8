"""Tensors inside of whatever models take and return."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Mapping
from typing import Any, Callable, Iterator, Optional

import torch
from torch import Tensor


def tensors(value: Any) -> Iterator[Tensor]:
    """All tensors in a value, in order."""
    if isinstance(value, Tensor):
        yield value
    elif isinstance(value, Mapping):
        for member in value.values():
            yield from tensors(member)
    elif isinstance(value, (list, tuple)):
        for member in value:
            yield from tensors(member)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from tensors(getattr(value, field.name, None))


def first_activation(value: Any) -> Optional[Tensor]:
    """The first tensor of floating numbers that is not a single number; None where there is none.

    `PackedSequence` is a tuple whose first member holds the values.
    """
    for tensor in tensors(value):
        if tensor.is_floating_point() and tensor.dim() > 0 and tensor.numel() > 0:
            return tensor
    return None


def mapped(value: Any, change: Callable[[Tensor], Any]) -> Any:
    """The same structure with each tensor changed."""
    if isinstance(value, Tensor):
        return change(value)
    if isinstance(value, Mapping):
        members = {key: mapped(member, change) for key, member in value.items()}
        if type(value) is dict:
            return members
        try:
            # Outputs of Hugging Face are ordered dictionaries with attributes.
            return type(value)(**members)
        except TypeError:
            return members
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return type(value)(*[mapped(member, change) for member in value])
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        # A shallow copy: fields may be frozen, and constructors may compute.
        result = copy.copy(value)
        for field in dataclasses.fields(value):
            member = mapped(getattr(value, field.name, None), change)
            object.__setattr__(result, field.name, member)
        return result
    if type(value) in (list, tuple):
        return type(value)(mapped(member, change) for member in value)
    return value


def cloned(value: Any) -> Any:
    """A copy without a graph, which in-place operations of the model cannot reach."""
    return mapped(value, lambda tensor: tensor.detach().clone())


def relative_error(dtype: torch.dtype) -> float:
    """How far the quotient of two numbers of this type may be off: four roundings."""
    return 4 * float(torch.finfo(dtype).eps)


#: Of larger tensors only some positions are judged: these are draws enough.
JUDGED = 2**16
#: And only some are added up.
SUMMED = 2**20


def thinned(tensor: Tensor, channel_axis: int, largest: int = JUDGED) -> Tensor:
    """A view of positions evenly spread, so that large images or long texts cost and hold little.

    All examples and channels stay. Tensors of the same shape are thinned in the same way.
    """
    channel = channel_axis % max(tensor.dim(), 1)
    while tensor.numel() > largest:
        axes = [a for a in range(1, tensor.dim()) if a != channel and tensor.shape[a] > 1]
        if not axes:
            break
        axis = max(axes, key=lambda a: tensor.shape[a])
        tensor = tensor[(slice(None),) * axis + (slice(None, None, 2),)]
    return tensor


def image_axis(tensor: Tensor) -> int:
    """The axis of the channels where no layer tells it: 1 of images, the last one else."""
    return 1 if tensor.dim() > 3 else -1


def are_apart(first: Tensor, second: Tensor) -> bool:
    """Whether two passes differ by more than a hundredth of the largest value."""
    first, second = first.float(), second.float()
    finite = first.isfinite() & second.isfinite()
    size = float(first[finite].abs().max()) if bool(finite.any()) else 0.0
    return bool(((first - second).abs()[finite] > 1e-2 * size).any())
