"""The layers' sums in training against those at test: shown, and never judged."""

from __future__ import annotations

import math
from typing import Any, Dict, List, Optional, Sequence, Tuple

import torch
from torch import Tensor, nn

from dropscope._model import UnitColumns
from dropscope._probe.hooks import CallObserver, Key
from dropscope._probe.layers import channel_axis
from dropscope._probe.recording import Recorder
from dropscope._probe.tensors import SUMMED, first_activation, thinned

#: The mean absolute value of a standard normal number.
_MEAN_ABSOLUTE = math.sqrt(2 / math.pi)


class SumObserver(CallObserver):
    """Adds up what layers give in the training passes left alone."""

    def __init__(self, recorder: Recorder) -> None:
        """Empty before the passes."""
        self._recorder = recorder
        self._totals: Dict[int, Tuple[int, Tensor, Tensor]] = {}
        self._last: Dict[int, Tensor] = {}
        self._first: Dict[int, Tensor] = {}

    def finished(self, key: Key, inputs: Any, output: Any) -> Any:
        """Adds one pass."""
        site = self._recorder.by_key.get(key)
        tensor = first_activation(output)
        if site is None or tensor is None:
            return None
        value = without_bias(key[0], tensor)
        if site.index in self._totals:
            count, total, squares = self._totals[site.index]
            if total.shape == value.shape:
                # Deviations from the first pass: squares of the sums alone would cancel out.
                off = value - self._first[site.index]
                self._totals[site.index] = (count + 1, total.add_(off), squares.addcmul_(off, off))
        else:
            self._first[site.index] = value
            zero = torch.zeros_like(value)
            self._totals[site.index] = (1, zero, zero.clone())
        self._last[site.index] = value
        return None

    def columns(
        self, shown: Sequence[Sequence[int]]
    ) -> Tuple[List[Optional[float]], List[Optional[float]], List[Optional[float]],
               List[UnitColumns]]:  # fmt: skip
        """Divergence, floor and ratio of each layer, and the columns of its shown units."""
        divergence: List[Optional[float]] = []
        floor: List[Optional[float]] = []
        ratio: List[Optional[float]] = []
        units: List[UnitColumns] = []
        for site in self._recorder.sites:
            row = self._row(site.index)
            if row is None:
                divergence.append(None)
                floor.append(None)
                ratio.append(None)
                continue
            count, mean, deviation, test = row
            size = float(test.abs().double().sum())
            if size > 0:
                divergence.append(float((mean - test).abs().double().sum()) / size)
                noise = float(deviation.double().sum()) / math.sqrt(count) * _MEAN_ABSOLUTE
                floor.append(noise / size)
                ratio.append(float(mean.abs().double().sum()) / size)
            else:
                divergence.append(None)
                floor.append(None)
                ratio.append(None)
            module = site.key[0]
            places = shown[site.index]
            if places:
                columns = [
                    tuple(units_of(module, value)[list(places)].tolist())
                    for value in (self._last[site.index], mean, deviation, test)
                ]
                units.append(UnitColumns(site.index, *columns))
        return divergence, floor, ratio, units

    def _row(self, index: int) -> Optional[Tuple[int, Tensor, Tensor, Tensor]]:
        site = self._recorder.sites[index]
        recorded = first_activation(site.output)
        if index not in self._totals or recorded is None:
            return None
        test = without_bias(site.key[0], recorded)
        count, total, squares = self._totals[index]
        if test.shape != total.shape:
            return None
        offset = total / count
        mean = self._first[index] + offset
        variance = (squares - total * offset) / max(count - 1, 1)
        return count, mean, variance.clamp_min(0).sqrt(), test


def without_bias(module: nn.Module, output: Tensor) -> Tensor:
    """The weighted sums alone; of very many positions some."""
    axis = channel_axis(module, output.dim())
    value = thinned(output.detach(), axis, SUMMED).float()
    bias = getattr(module, "bias", None)
    if not isinstance(bias, Tensor) or bias.dim() != 1 or bias.numel() != value.shape[axis]:
        return value.clone()
    shape = [1] * value.dim()
    shape[axis] = -1
    return value - bias.detach().float().reshape(shape)


def units_of(module: nn.Module, value: Tensor) -> Tensor:
    """One number for each unit of the watched example, averaged over positions."""
    axis = channel_axis(module, value.dim())
    if value.dim() == 1:
        return value
    # The first example, or with sequences the first of what the first axis counts.
    example = value[0].movedim(axis - 1, 0)
    return example.reshape(example.shape[0], -1).mean(1) if example.dim() > 1 else example
