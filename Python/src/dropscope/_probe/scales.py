"""The factors of the results of masks afterwards, and of activations before."""

from __future__ import annotations

import math
from typing import Any, Callable, Dict, List, Optional, Tuple

import torch
from torch import Tensor

from dropscope._probe.followed import OVER, TIMES, Calls, MaskMeeting
from dropscope._probe.source import person_line
from dropscope._probe.tensors import image_axis, thinned

#: The values that are kept of a product of eval mode to compare, and the products of one line.
_SAMPLE = 4096
_MOST = 32


class Scales:
    """The products of one pass, by numbers and by tensors."""

    def __init__(
        self, calls: Calls, position: Callable[[], int], common: Optional[Calls] = None
    ) -> None:
        """`common` are the calls of eval mode, which are no part of a dropout."""
        self._calls = calls
        self._position = position
        self._common = common
        self._masked: Dict[int, Tuple[Tensor, MaskMeeting]] = {}
        self._scaled: Dict[int, Tensor] = {}

    def met(self, result: Tensor, meeting: MaskMeeting) -> None:
        """From now on `result` is what came of a mask."""
        self._masked[id(result)] = (result, meeting)

    def meeting(self, tensor: Any) -> Optional[MaskMeeting]:
        """The mask that made a tensor what it is."""
        found = self._masked.get(id(tensor))
        return None if found is None else found[1]

    def results(self, meeting: MaskMeeting) -> List[Tensor]:
        """All that came of a mask, the first one first."""
        return [tensor for tensor, other in self._masked.values() if other is meeting]

    def is_scaled(self, tensor: Tensor) -> bool:
        """Whether the tensor comes of a product that training alone has."""
        return id(tensor) in self._scaled

    def follow(self, name: str, args: Tuple[Any, ...], result: Any) -> None:
        """Notes a product or a quotient."""
        if name not in TIMES and name not in OVER:
            return
        if len(args) != 2 or not isinstance(result, Tensor):
            return
        numbers = [_number(value) for value in args]
        if numbers[0] is None and numbers[1] is None:
            if isinstance(args[0], Tensor) and isinstance(args[1], Tensor):
                self._by_tensor(name, args[0], args[1], result)
            return
        if numbers[0] is not None and numbers[1] is not None:
            return
        number = numbers[1] if numbers[0] is None else numbers[0]
        tensor = args[0] if numbers[0] is None else args[1]
        if isinstance(tensor, Tensor) and number:
            self._by_number(tensor, 1 / number if name in OVER else number, result)

    def _by_number(self, tensor: Tensor, factor: float, result: Tensor) -> None:
        place = (self._position(), person_line(), factor)
        self._calls.scales[place] += 1
        if self._common is None or place in self._common.scales:
            return
        meeting = self.meeting(tensor)
        if meeting is not None:
            meeting.later *= factor
            self.met(result, meeting)
        else:
            self._scaled[id(result)] = result

    def _by_tensor(self, name: str, first: Tensor, second: Tensor, result: Tensor) -> None:
        place = (self._position(), person_line())
        if self._common is None:
            samples = self._calls.products.setdefault(place, [])
            if len(samples) < _MOST:
                samples += [(result.shape, _sample(one, result.shape)) for one in (first, second)]
            return
        tested = self._common.products.get(place)
        masked, factor = first, second
        if self.meeting(first) is None and name in TIMES:
            masked, factor = second, first
        meeting = self.meeting(masked)
        if meeting is None:
            # One factor for many values, that eval mode has not, may belong to the mask to come.
            if tested is None and min(first.numel(), second.numel()) < result.numel():
                self._scaled[id(result)] = result
            return
        if self.meeting(factor) is not None:
            return
        self.met(result, meeting)
        if result.shape != masked.shape:
            meeting.is_rescaled = True
        elif tested is None:
            whole = factor.detach().expand(result.shape)
            kept = thinned(whole, image_axis(whole)).clone()
            meeting.multiply(1 / kept if name in OVER else kept)
        elif not _is_among(tested, factor, result):
            meeting.is_rescaled = True


# Whether eval mode multiplies by the same, as far as values are kept.
def _is_among(tested: List[Tuple[torch.Size, Tensor]], factor: Tensor, result: Tensor) -> bool:
    now = _sample(factor, result.shape)
    kept = _sample(result, result.shape) != 0
    return any(
        shape == result.shape and torch.allclose(one[kept], now[kept], rtol=1e-3)
        for shape, one in tested
    )


def _sample(tensor: Tensor, shape: torch.Size) -> Tensor:
    total = math.prod(shape)
    places = torch.arange(0, total, max(1, total // _SAMPLE), device=tensor.device)
    index: List[Tensor] = []
    for size in reversed(shape):
        index.insert(0, places % size)
        places = places // size
    return tensor.detach().expand(shape)[tuple(index)].float()


def _number(value: Any) -> Optional[float]:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, Tensor) and value.dim() == 0 and value.device.type == "cpu":
        return float(value.detach())
    return None
