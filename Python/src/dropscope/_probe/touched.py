"""Which entries of a place its dropout acts on, and what else than dropout may have acted."""

from __future__ import annotations

import math
from typing import List, Optional

import torch
from torch import Tensor

#: By chance alone something is called constant, or left alone, once in a million cases.
LOG_CHANCE = -14.0
_NEAR = 1e-4
#: Blocks are not judged with fewer neighbours.
_FEWEST = 20
#: Parts are not judged with fewer values of another multiplier.
_FEWEST_PARTED = 8
#: Values that are all the same are not judged where they are fewer.
_FEWEST_FILLED = 40


class Multipliers:
    """Values in training over those at test: pass by pass along the first axis."""

    def __init__(self, values: Tensor, tests: Tensor, floor: float, error: float) -> None:
        """`error` is the relative one of a quotient."""
        finite = values.isfinite() & tests.isfinite()
        self.values = values
        self.tests = tests
        self.live = finite & (tests.abs() > floor)
        self.kept = self.live & (values != 0)
        self.ratio = torch.where(self.live, values / tests, torch.ones_like(values))
        self._error = error
        self._is_one = (self.ratio - 1).abs() <= max(_NEAR, error)
        sizes = torch.where(finite, tests, torch.zeros_like(tests)).abs()
        count = max(float(finite.sum()), 1.0)
        self._finite = finite
        self._born = finite & (tests == 0) & (values.abs() > 1e-3 * sizes.double().sum() / count)

    @property
    def is_same(self) -> bool:
        """Whether values in training are those at test, up to rounding."""
        limit = max(_NEAR, self._error) * self.tests.abs()
        for value, test, finite, near in zip(self.values, self.tests, self._finite, limit):
            size = float(test[finite].abs().double().mean()) if bool(finite.any()) else 0.0
            if not bool((((value - test).abs() <= near + 1e-6 * size) | ~finite).all()):
                return False
        return True

    @property
    def mean_ratio(self) -> Optional[float]:
        """All values together over those at test."""
        tests = self.tests[self.live].double()
        size = float(tests.abs().sum())
        return float((self.values[self.live] * tests.sign()).sum()) / size if size else None

    @property
    def factors(self) -> List[float]:
        """The median of each pass that keeps something."""
        told = [ratio[kept] for ratio, kept in zip(self.ratio, self.kept)]
        return [float(ratio.median()) for ratio in told if ratio.numel()]

    def spread(self, tolerance: float) -> float:
        """The share of what is kept that is multiplied with something else."""
        off, count = 0, 0
        for ratio, kept in zip(self.ratio, self.kept):
            told = ratio[kept]
            if told.numel():
                off += int(((told / told.median() - 1).abs() > tolerance).sum())
                count += told.numel()
        return off / count if count else 0.0

    def parted(self, tolerance: float) -> Optional[Tensor]:
        """Slices of one axis that are multiplied with something else than most values.

        Two dropouts beside each other make them. What is multiplied otherwise here and there, as
        by rounding, makes none.
        """
        off = torch.zeros_like(self.kept)
        for index, (ratio, kept) in enumerate(zip(self.ratio, self.kept)):
            if bool(kept.any()):
                off[index] = kept & ((ratio / ratio[kept].median() - 1).abs() > tolerance)
        total = float(off.sum())
        if total < _FEWEST_PARTED:
            return None
        for axis in range(1, off.dim()):
            others = [other for other in range(off.dim()) if other != axis]
            kept = self.kept.sum(others, keepdim=True)
            apart = off.sum(others, keepdim=True)
            parted = (apart > 0.5 * kept) | (kept == 0)
            if float((apart * parted).sum()) > 0.9 * total and not bool(parted.all()):
                return parted[0]
        return None

    @property
    def has_born(self) -> bool:
        """Whether values are not 0 where those at test are: no mask makes them so."""
        born = float(self._born.sum())
        return born > 8 and born > 0.01 * float(self.live.sum())

    @property
    def is_filled(self) -> bool:
        """Whether one value other than 0 stands at random for values of both signs."""
        moved = self._finite & (self.values != self.tests) & (self.values != 0)
        if float(moved.sum()) < _FEWEST_FILLED:
            return False
        # A value that stands for at least every fiftieth is the most frequent of a sample too.
        candidates = self.values[moved]
        candidates = candidates[:: max(1, len(candidates) // 4096)]
        filled = moved & (self.values == candidates.mode().values)
        count = float(filled.sum())
        if count < max(_FEWEST_FILLED, 0.02 * float(self._finite.sum())):
            return False
        low = float((filled & (self.tests < 0)).sum()) / count
        high = float((filled & (self.tests > 0)).sum()) / count
        everywhere = float(filled.all(0).sum()) * len(filled)
        return min(low, high) > 0.1 and everywhere < 0.5 * count

    @property
    def is_noise(self) -> bool:
        """Whether nothing is dropped, and yet what values are multiplied with moves."""
        if bool((self.live & ~self.kept).any()):
            return False
        span = self.ratio.amax(0) - self.ratio.amin(0)
        told = self.live.all(0)
        moved = told & (span > max(1e-6, 2 * self._error))
        return float(moved.sum()) > 0.05 * float(told.sum())

    def keep_to_touched(self, channel: Optional[int]) -> None:
        """Leaves out the entries that are left alone, such as those that others are joined to.

        What dropout scales is never 1 times the value at test. So entries that are 1 times it in
        some passes and never 0 in others are none of its own. Where nothing is scaled, channels
        tell that lose nothing, although they would by far.
        """
        zero = self.live & ~self.kept
        one, scaled = self.kept & self._is_one, self.kept & ~self._is_one
        if not bool(one.any()):
            return
        lost = zero.any(0)
        if bool(scaled.any()):
            both = float((lost & one.any(0)).sum())
            if both <= 0.05 * float(lost.sum()):
                self.leave_out(~(lost | scaled.any(0)))
            return
        if channel is not None and bool(lost.any()):
            self._leave_out_channels(zero, channel)

    def _leave_out_channels(self, zero: Tensor, channel: int) -> None:
        draws, drops = self.live, zero
        for axis in range(zero.dim() - 1, 1, -1):
            if axis != channel:
                # One draw for each pass and example: more may hang together.
                draws, drops = draws.any(axis, keepdim=True), drops.any(axis, keepdim=True)
        axes = [axis for axis in range(zero.dim()) if axis != channel]
        count, lost = draws.sum(axes).double(), drops.sum(axes).double()
        touched = lost > 0
        share = 1 - float(lost.sum()) / max(float(count[touched].sum()), 1.0)
        if not 0.02 < share < 1:
            return
        alone = ~touched & (count * math.log(share) < LOG_CHANCE)
        if bool(alone.any()):
            shape = [1] * (zero.dim() - 1)
            shape[channel - 1] = -1
            self.leave_out(alone.reshape(shape))

    def leave_out(self, alone: Tensor) -> None:
        """Leaves out the entries of a mask."""
        self.live = self.live & ~alone
        self.kept = self.kept & ~alone

    def is_patchy(self, channel: Optional[int]) -> bool:
        """Whether what is dropped lies together: in blocks, or as whole positions."""
        zero = self.live & ~self.kept
        share = float(zero.sum()) / max(float(self.live.sum()), 1.0)
        if not 0 < share < 1:
            return False
        whole: List[int] = []
        for axis in range(2, zero.dim()):
            count = zero.shape[axis]
            if count < 2:
                whole.append(axis)
                continue
            before, after = zero.narrow(axis, 0, count - 1), zero.narrow(axis, 1, count - 1)
            asked = before & self.live.narrow(axis, 1, count - 1)
            if float(asked.sum()) < _FEWEST:
                return False
            if float((before & after).sum()) <= (0.5 + 0.5 * share) * float(asked.sum()):
                continue
            if bool((zero.any(axis) & self.kept.any(axis)).any()):
                return True
            whole.append(axis)
        # All channels of some positions. Some channels in all positions are dropout.
        inner = [axis for axis in range(2, zero.dim()) if zero.shape[axis] > 1]
        is_channel_whole = channel in inner and channel in whole
        return is_channel_whole and any(axis not in whole for axis in inner)
