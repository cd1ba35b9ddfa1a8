"""The factors of the values of one place, counted over passes and looks."""

from __future__ import annotations

import math
from enum import Enum
from typing import List, Optional, Sequence

import torch
from torch import Tensor

from dropscope._probe.mean import MeanMultiplier
from dropscope._probe.share import Share
from dropscope._probe.tensors import relative_error
from dropscope._probe.touched import LOG_CHANCE, Multipliers


class Other(Enum):
    """Something that acts in a place, is no dropout, and is not judged."""

    #: Values that are 0 at test are others in training.
    REPLACED = "replaced"
    #: All values that are taken away become the same one, as in alpha dropout.
    CONSTANT = "constant"
    #: The values that are kept are multiplied with a tensor that differs between the modes.
    RESCALED = "rescaled"
    #: Blocks or whole positions of the inputs are erased, as augmentation does.
    PATCHES = "patches"


class Tally:
    """Counts of one place: a gap, a module or a mask in the source."""

    def __init__(
        self, *, examples_axis: int = 0, channel_axis: int = -1, on_inputs: bool = False
    ) -> None:
        """Empty before the first look. `on_inputs` is a place that takes the batch itself."""
        self._examples_axis = examples_axis
        self._channel_axis = channel_axis
        self._on_inputs = on_inputs
        self.share = Share()
        self.factors: List[float] = []
        self.spread = 0.0
        self.tolerance = 1e-3
        self.is_same = True
        self.is_fixed = False
        self.is_shared = False
        self.is_whole_path = False
        self.has_channels = False
        self.mean_ratio: Optional[float] = None
        self.looks = 0
        #: Passes, and whether random numbers were drawn in them.
        self.passes = 0
        self.is_random = False
        #: Whether values differ from pass to pass.
        self.varies = False
        #: Whether a small part has another multiplier. It is not counted.
        self.is_mixed = False
        #: The reason why it is no dropout; None where it may be one.
        self.other: Optional[Other] = None
        #: Where what is kept has factors that differ from each other.
        self.mean: Optional[MeanMultiplier] = None

    @property
    def factor(self) -> Optional[float]:
        """The multiplier of what is kept: the harmonic mean over the passes."""
        return len(self.factors) / sum(1 / c for c in self.factors) if self.factors else None

    @property
    def error(self) -> float:
        """The standard error of the share that is kept."""
        keep, draws = self.share.value, max(self.share.draws, 1.0)
        return math.sqrt(max(keep * (1 - keep), 0.0) / draws * self.share.inflation)

    def add(self, values: Sequence[Tensor], tests: Sequence[Tensor], scale: float = 1.0) -> None:
        """Adds the passes of one look: the values in training, beside those at test.

        Both have the same shapes in all passes. `scale` is what the values are multiplied with
        later on.
        """
        # Where nothing is alive at test, nothing can be told: the place stays unmeasured.
        if not any(bool((test.isfinite() & (test != 0)).any()) for test in tests):
            return
        error = max(relative_error(tensor.dtype) for tensor in [*values, *tests])
        self.tolerance = max(1e-3, error)
        self.looks += 1
        self.passes += len(values)
        self.varies = self.varies or any(not value.equal(values[0]) for value in values[1:])
        seen = Multipliers(
            torch.stack([value.float() * scale for value in values]),
            torch.stack([test.float() for test in tests]),
            _floor(tests[0]),
            error,
        )
        self.mean_ratio = seen.mean_ratio
        if seen.is_same:
            self._count(seen.live, seen.live, seen.factors)
            return
        self.is_same = False
        channel = self._channel(seen.live.dim())
        seen.keep_to_touched(channel)
        factors = seen.factors
        if seen.has_born:
            self.other = Other.REPLACED
        elif seen.is_filled:
            self.other = Other.CONSTANT
        elif self._on_inputs and _is_one(factors) and seen.is_patchy(channel):
            self.other = Other.PATCHES
        is_single = all(factor > 0 for factor in factors) and not seen.is_noise
        self.spread = max(self.spread, seen.spread(self.tolerance) if is_single else 1.0)
        if is_single:
            parted = seen.parted(self.tolerance)
            if parted is not None:
                self.is_mixed = True
                seen.leave_out(parted)
                factors = seen.factors
            self._count(seen.kept, seen.live, factors)

    def add_varied(self, values: Sequence[Tensor], tests: Sequence[Tensor]) -> None:
        """Adds passes in which what is kept has factors that differ: their mean is judged."""
        if not any(bool((test.isfinite() & (test != 0)).any()) for test in tests):
            return
        self.looks += 1
        self.passes += len(values)
        self.is_same, self.varies = False, True
        error = max(relative_error(tensor.dtype) for tensor in [*values, *tests])
        seen = Multipliers(
            torch.stack([value.float() for value in values]),
            torch.stack([test.float() for test in tests]),
            _floor(tests[0]),
            error,
        )
        self._count(seen.kept, seen.live, [])
        self.mean = self.mean or MeanMultiplier()
        dims = seen.live.dim()
        examples = 1 + (self._examples_axis if dims > 2 + self._examples_axis else 0)
        self.mean.add(seen.ratio, seen.live, examples, self._channel(dims))

    # Of values that are stacked pass by pass.
    def _channel(self, dims: int) -> Optional[int]:
        return self._channel_axis % (dims - 1) + 1 if dims > 1 else None

    def _count(self, kept: Tensor, live: Tensor, factors: List[float]) -> None:
        total = float(live.sum())
        if total == 0:
            return
        keep = float(kept.sum()) / total
        dims = kept.dim()
        constant = [axis for axis in range(dims) if _is_constant(kept, live, axis, keep)]
        examples = 1 + (self._examples_axis if dims > 2 + self._examples_axis else 0)
        channel = self._channel(dims)
        inner = [axis for axis in range(1, dims) if kept.shape[axis] > 1]
        is_path = len(inner) > 0 and all(axis in constant for axis in inner if axis != examples)
        if 0 in constant and keep < 1:
            self.is_fixed = True
        if examples in constant and examples in inner and len(inner) > 1:
            if is_path:
                self.is_whole_path = True
            else:
                self.is_shared = True
        elif is_path and len(inner) > 1:
            self.is_whole_path = True
        self.has_channels = self.has_channels or any(
            axis in constant for axis in inner if axis not in (examples, channel)
        )
        for axis in constant:
            kept, live = kept.any(axis, keepdim=True), live.any(axis, keepdim=True)
        drop = [axis for axis in range(1, dims) if axis != examples]
        draws = live.double().sum(drop) if drop else live.double()
        counts = kept.double().sum(drop) if drop else kept.double()
        self._reset_where_changed(float(counts.sum()), float(draws.sum()), factors)
        self.share.add(counts, draws)
        self.factors.extend(factors)

    # A rate that changes during training is a new one; counts of the old one say nothing of it.
    def _reset_where_changed(self, kept: float, draws: float, factors: List[float]) -> None:
        old, before = self.share, self.factor
        if not old.draws or not draws:
            return
        now = len(factors) / sum(1 / c for c in factors) if factors else None
        moved = (
            before is not None
            and now is not None
            and self.spread <= 0.05
            and abs(now / before - 1) > 2 * self.tolerance
        )
        pooled = (old.kept + kept) / (old.draws + draws)
        variance = pooled * (1 - pooled) * (1 / old.draws + 1 / draws) * old.inflation
        far = abs(kept / draws - old.value) > 6 * math.sqrt(variance) + 1e-9
        if moved or far:
            self.share = Share()
            self.factors = []


def _floor(test: Tensor) -> float:
    return max(float(torch.finfo(test.dtype).tiny) * 16, 1e-30)


def _is_one(factors: Sequence[float]) -> bool:
    return bool(factors) and all(abs(factor - 1) <= 1e-3 for factor in factors)


def _is_constant(kept: Tensor, live: Tensor, axis: int, keep: float) -> bool:
    if kept.shape[axis] < 2 or not 0 < keep < 1:
        return False
    some_kept, some_dropped = kept.any(axis), (live & ~kept).any(axis)
    if bool((some_kept & some_dropped).any()):
        return False
    counts = live.sum(axis).double()
    counts = counts[counts > 1]
    if not counts.numel():
        return False
    chance = torch.logaddexp(counts * math.log(keep), counts * math.log1p(-keep))
    return float(chance.sum()) < LOG_CHANCE
