"""From counts to a verdict: a test for each convention."""

from __future__ import annotations

import math
from typing import Optional

from dropscope._model import Severity, Verdict
from dropscope._probe.tally import Tally

#: Above this share of other multipliers, what is kept has no single one.
SPREAD_LIMIT = 0.05
#: Verdicts that say nothing of what a dropout does.
QUIET = (Verdict.NONE, Verdict.UNCLEAR, Verdict.UNMEASURED)
#: Verdicts on what is kept having another factor than it should.
FACTORS = (Verdict.UNSCALED, Verdict.SCALED_TWICE, Verdict.SWAPPED, Verdict.WRONG_FACTOR)
#: With fewer draws nothing can be told apart.
FEWEST_DRAWS = 40
#: The chance of more than four standard errors.
_CHANCE = 6.3e-5


def judged(tally: Tally) -> Verdict:
    """The verdict that the counts allow."""
    if not tally.looks:
        return Verdict.UNMEASURED
    if tally.is_same:
        return Verdict.NONE
    if tally.mean is not None and tally.other is None:
        if tally.is_fixed or tally.is_shared:
            return Verdict.FIXED_MASK if tally.is_fixed else Verdict.SHARED_MASK
        return Verdict.RIGHT if tally.mean.is_one else Verdict.UNCLEAR
    if tally.other is not None or tally.spread > SPREAD_LIMIT:
        return Verdict.UNCLEAR
    factor = tally.factor
    if factor is None:
        # Everything alive is dropped, in each pass.
        return Verdict.EVERYTHING_DROPPED if tally.share.draws else Verdict.UNMEASURED
    if tally.is_fixed:
        return Verdict.FIXED_MASK
    if tally.is_shared:
        return Verdict.SHARED_MASK
    if is_few(tally):
        return Verdict.UNCLEAR
    verdict = _convention(tally, factor)
    if tally.is_mixed and verdict.severity is Severity.FINE:
        # That most of it is right says nothing of the rest.
        return Verdict.UNCLEAR
    return verdict


def is_few(tally: Tally) -> bool:
    """Whether the draws are too few to judge.

    Where nothing was dropped, yet what is kept has a factor, whole batches may be dropped at once:
    then each pass is one draw.
    """
    factor = tally.factor
    if factor is not None and tally.share.value == 1 and tally.is_random and factor > 1:
        return factor ** -len(tally.factors) > _CHANCE
    if not tally.is_random and tally.share.value == 1:
        return False
    return tally.share.draws < FEWEST_DRAWS


def _convention(tally: Tally, factor: float) -> Verdict:
    keep = tally.share.value
    if not is_rejected(tally, 1 / factor):
        return Verdict.CHANNELS if tally.has_channels else Verdict.RIGHT
    if abs(factor - 1) <= min(tally.tolerance, 2e-4 if tally.tolerance <= 1e-3 else 1.0):
        return Verdict.UNSCALED
    candidates = {Verdict.SCALED_TWICE: factor**-0.5, Verdict.SWAPPED: 1 - 1 / factor}
    near = {
        verdict: abs(keep - share)
        for verdict, share in candidates.items()
        if 0 < share < 1 and not is_rejected(tally, share)
    }
    return min(near, key=lambda verdict: near[verdict]) if near else Verdict.WRONG_FACTOR


def is_rejected(tally: Tally, share: float) -> bool:
    """Whether the counts speak against this share, at four standard errors."""
    draws = max(tally.share.draws, 1.0)
    variance = max(share * (1 - share), 0.0) / draws * tally.share.inflation
    # The factor of half precision is rounded, and the share that belongs to it with it.
    rounding = share * tally.tolerance / 4 if tally.tolerance > 1e-3 else 0.0
    return abs(tally.share.value - share) > 4 * math.sqrt(variance) + 2.5e-4 + rounding


def dropped(tally: Optional[Tally]) -> bool:
    """Whether something is seen to be dropped there."""
    return tally is not None and not tally.is_same and tally.share.value < 1
