"""Leaves a model as it was, whatever happens during a look."""

from __future__ import annotations

import collections
import copy
import random
import sys
import types
from typing import Any, Dict, List, Tuple

import torch
from torch import Tensor, nn

# Larger tensors in objects that are no modules are data rather than state.
_LARGEST_FOREIGN = 2**24
_CONTAINERS = (
    list, tuple, set, dict, collections.OrderedDict, collections.deque, collections.defaultdict,
)  # fmt: skip
_FOREIGN = frozenset(
    {"torch", "transformers", "lightning", "pytorch_lightning", "accelerate", "builtins", "numpy",
     "threading", "logging", "_thread", "_io", "weakref", "functools", "enum", "types"}
)  # fmt: skip


class Undisturbed:
    """A `with` block in which a model works on copies of its attributes.

    Each module's `__dict__` is swapped for a copy, in which buffers and plain attributes that hold
    state are copied too, and parameters are the same. At the end the originals are put back, so
    that hooks, flags and statistics of the block are gone with the copies.
    """

    def __init__(self, model: nn.Module) -> None:
        """Nothing is swapped before the block begins."""
        self._model = model
        self._originals: List[Tuple[nn.Module, Dict[str, Any]]] = []

    def __enter__(self) -> Undisturbed:
        """Swaps."""
        copier = _Copier()
        modules = all_modules(self._model)
        with torch.no_grad():
            copies = [(module, copier.attributes(module)) for module in modules]
        try:
            for module, attributes in copies:
                self._originals.append((module, module.__dict__))
                object.__setattr__(module, "__dict__", attributes)
        except BaseException:
            self.restore()
            raise
        return self

    def __exit__(self, *error: object) -> None:
        """Swaps back."""
        self.restore()

    def restore(self) -> None:
        """Puts the originals back."""
        for module, attributes in self._originals:
            object.__setattr__(module, "__dict__", attributes)


# Registered modules, and those in plain lists and dictionaries, which `eval()` does not reach.
def all_modules(model: nn.Module) -> List[nn.Module]:
    found: Dict[nn.Module, None] = {}
    waiting: List[Any] = [model]
    seen = set()
    while waiting:
        value = waiting.pop()
        if isinstance(value, nn.Module):
            if value not in found:
                found[value] = None
                waiting.extend(value.__dict__.values())
        elif type(value) in _CONTAINERS and id(value) not in seen:
            seen.add(id(value))
            waiting.extend(value.values() if isinstance(value, dict) else value)
    return list(found)


class _Copier:
    def __init__(self) -> None:
        # Values are held, since an id is free again when its object is gone.
        self._done: Dict[int, Tuple[Any, Any]] = {}

    def attributes(self, module: nn.Module) -> Dict[str, Any]:
        copies = {}
        for key, value in module.__dict__.items():
            if key in ("_parameters", "_modules") or key.endswith("_hooks"):
                copies[key] = copy.copy(value)
            else:
                copies[key] = self.copied(value, depth=0)
        if copies.get("_compiled_call_impl") is not None:
            copies["_compiled_call_impl"] = None
        return copies

    def copied(self, value: Any, depth: int) -> Any:
        if id(value) in self._done:
            return self._done[id(value)][1]
        result = self._fresh(value, depth)
        self._done[id(value)] = (value, result)
        return result

    def _fresh(self, value: Any, depth: int) -> Any:
        if isinstance(
            value, (nn.Module, nn.Parameter, str, bytes, int, float, complex, type(None))
        ):
            return value
        if isinstance(value, Tensor):
            if depth > 0 and value.numel() > _LARGEST_FOREIGN:
                return value
            return value.detach().clone().requires_grad_(value.requires_grad)
        if isinstance(value, torch.Generator):
            generator = torch.Generator(device=value.device)
            generator.set_state(value.get_state())
            return generator
        if type(value) in _CONTAINERS:
            return self._container(value, depth)
        if isinstance(value, random.Random) or _is_of_numpy(value):
            return copy.deepcopy(value)
        return self._object(value, depth)

    def _container(self, value: Any, depth: int) -> Any:
        if type(value) is tuple:
            return tuple(self.copied(member, depth) for member in value)
        result = copy.copy(value)
        # A container may hold itself.
        self._done[id(value)] = (value, result)
        if isinstance(value, dict):
            for key, member in value.items():
                result[key] = self.copied(member, depth)
        elif isinstance(value, (list, collections.deque)):
            for index, member in enumerate(value):
                result[index] = self.copied(member, depth)
        return result

    # Objects of the person's own that keep state, such as a schedule or a store of masks.
    def _object(self, value: Any, depth: int) -> Any:
        kind = type(value)
        is_plain = (
            not isinstance(value, (type, types.ModuleType, types.FunctionType, types.MethodType))
            and kind.__module__.split(".")[0] not in _FOREIGN
            and type(getattr(value, "__dict__", None)) is dict
            and _is_made_as_usual(kind)
        )
        if not is_plain or depth >= 3:
            return value
        result = object.__new__(kind)
        self._done[id(value)] = (value, result)
        for key, member in value.__dict__.items():
            result.__dict__[key] = self.copied(member, depth + 1)
        return result


def _is_made_as_usual(kind: Any) -> bool:
    return kind.__reduce_ex__ is object.__reduce_ex__ and kind.__new__ is object.__new__


def _is_of_numpy(value: Any) -> bool:
    numpy = sys.modules.get("numpy")
    if numpy is None:
        return False
    kinds = (numpy.ndarray, numpy.random.Generator, numpy.random.RandomState)
    return isinstance(value, kinds)


class KeptParameters:
    """Puts weights back that a model changes in its own forward, such as a limit of their norm."""

    #: Models with more bytes of weights are copied only while they are seen to change them.
    _MOST_BYTES = 2**30

    def __init__(self, model: nn.Module) -> None:
        """Nothing is copied before a look."""
        self._model = model
        self._copies: List[Tuple[nn.Parameter, Tensor]] = []
        # A limit of the norm may be reached late, so a model that changed nothing yet still may.
        size = sum(
            p.numel() * p.element_size() for p in model.parameters() if not nn.parameter.is_lazy(p)
        )
        self._is_small = size <= self._MOST_BYTES
        self._is_needed = True

    def keep(self) -> None:
        """Copies the weights, of a huge model only those that may change."""
        if self._is_small or self._is_needed:
            kept = list(self._model.parameters())
        else:
            kept = [
                parameter
                for module in self._model.modules()
                if isinstance(module, (nn.Embedding, nn.EmbeddingBag))
                and module.max_norm is not None
                for parameter in module.parameters(recurse=False)
            ]
        self._copies = [(p, p.detach().clone()) for p in kept]

    def restore(self) -> None:
        """Puts changed weights back."""
        changed = False
        with torch.no_grad():
            for parameter, kept in self._copies:
                if not torch.equal(parameter.detach(), kept):
                    same = torch.allclose(parameter.detach(), kept, equal_nan=True, rtol=0, atol=0)
                    if not same:
                        changed = True
                        # `.data` leaves the version alone, on which a graph may depend.
                        parameter.data.copy_(kept)
        self._is_needed = changed
        self._copies = []
