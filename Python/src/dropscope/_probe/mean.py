"""The mean of multipliers that are not one number, with its error."""

from __future__ import annotations

import math
from typing import Optional

import torch
from torch import Tensor

from dropscope._probe.share import Clusters

#: With a larger error a mean of 1 says too little.
_LARGEST = 0.02


class MeanMultiplier:
    """The mean factor of values: what is dropped counts as 0."""

    def __init__(self) -> None:
        """Empty."""
        self._total = 0.0
        self._count = 0.0
        self._clusters = [Clusters(), Clusters()]
        self._channels: Optional[Tensor] = None

    def add(self, ratio: Tensor, live: Tensor, examples: int, channel: Optional[int]) -> None:
        """Adds multipliers, pass by pass along the first axis, where values are `live`."""
        ratio, counts = torch.where(live, ratio, 0).double(), live.double()
        self._total += float(ratio.sum())
        self._count += float(counts.sum())
        axes = [axis for axis in range(1, live.dim()) if axis != examples]
        sums = ratio.sum(axes) if axes else ratio
        numbers = counts.sum(axes) if axes else counts
        self._clusters[0].add(sums.reshape(-1), numbers.reshape(-1))
        passes = live.shape[0]
        self._clusters[1].add(sums.reshape(passes, -1).sum(1), numbers.reshape(passes, -1).sum(1))
        if channel is None or channel == examples:
            return
        others = [axis for axis in range(live.dim()) if axis != channel]
        rows = torch.stack([counts.sum(others), ratio.sum(others), (ratio * ratio).sum(others)])
        before = self._channels
        if before is not None and before.shape == rows.shape:
            rows = rows + before
        self._channels = rows

    @property
    def value(self) -> float:
        """The mean."""
        return self._total / self._count if self._count else 1.0

    @property
    def error(self) -> float:
        """Its standard error, by examples or by passes: the larger one."""
        if not self._count:
            return math.inf
        return max(math.sqrt(one.observed(self.value)) for one in self._clusters) / self._count

    @property
    def is_one(self) -> bool:
        """Whether it is 1 within its error, over all and in each channel."""
        error = self.error
        if error > _LARGEST or abs(self.value - 1) > 4 * error + 2.5e-4:
            return False
        if self._channels is None:
            return True
        count, total, squares = self._channels
        told = count > 1
        mean = total[told] / count[told]
        variance = (squares[told] / count[told] - mean * mean).clamp_min(0)
        limit = 6 * (variance / count[told]).sqrt() + 2.5e-4
        return bool(((mean - 1).abs() <= limit).all())
