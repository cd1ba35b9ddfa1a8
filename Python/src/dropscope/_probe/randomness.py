"""Random states: kept, set, and put back."""

from __future__ import annotations

import contextlib
import random
import sys
from typing import Any, Dict, List, Optional

import torch
from torch import nn


class RandomStates:
    """The states of all generators that a forward pass may draw from."""

    def __init__(self, model: nn.Module) -> None:
        """Keeps the states as they are now."""
        self._generators: Dict[int, Any] = {}
        self._python = random.getstate()
        numpy = _numpy()
        self._numpy = None if numpy is None else numpy.random.get_state()
        self.keep(torch.default_generator)
        self._devices = [torch.default_generator, *_device_generators(model)]
        for generator in self._devices:
            self.keep(generator)

    def keep(self, generator: torch.Generator) -> None:
        """Keeps the state of one more generator, where it is not kept yet."""
        if id(generator) not in self._generators:
            self._generators[id(generator)] = (generator, generator.get_state())

    def seed(self, number: int) -> None:
        """Starts all known generators with a number."""
        for generator in self._devices:
            generator.manual_seed(number)
        random.seed(number)
        numpy = _numpy()
        if numpy is not None:
            numpy.random.seed(number % 2**32)

    def fingerprint(self) -> int:
        """A number that changes where a known generator draws."""
        parts = [generator.get_state().numpy().tobytes() for generator in self._devices]
        kept = [g.get_state().numpy().tobytes() for g, _ in self._generators.values()]
        numpy = _numpy()
        state = None if numpy is None else numpy.random.get_state()
        drawn = None if state is None else (state[1].tobytes(), state[2])
        return hash((*parts, *kept, random.getstate(), drawn))

    def restore(self) -> None:
        """Puts the kept states back."""
        with contextlib.ExitStack() as stack:
            # One that fails, as on a device that is lost, keeps no other from being put back.
            numpy = _numpy()
            if numpy is not None and self._numpy is not None:
                stack.callback(numpy.random.set_state, self._numpy)
            stack.callback(random.setstate, self._python)
            for generator, state in self._generators.values():
                stack.callback(generator.set_state, state)


def _numpy() -> Optional[Any]:
    numpy = sys.modules.get("numpy")
    return numpy if hasattr(numpy, "random") else None


# `torch.manual_seed` would also seed devices that are not in use yet.
def _device_generators(model: nn.Module) -> List[torch.Generator]:
    found: List[torch.Generator] = []
    if torch.cuda.is_available() and torch.cuda.is_initialized():  # type: ignore[no-untyped-call]
        found.extend(torch.cuda.default_generators)
    kinds = {value.device.type for value in [*model.parameters(), *model.buffers()]}
    if "mps" in kinds:
        found.append(torch.mps._get_default_mps_generator())
    if "xpu" in kinds:
        found.extend(torch.xpu.default_generators)
    return found
