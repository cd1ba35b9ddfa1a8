"""Gaps in which several things drop: which of them is wrong, and where they stand."""

from __future__ import annotations

from typing import List, Optional, Tuple

from dropscope._model import Severity, Verdict
from dropscope._probe.cause import Cause
from dropscope._probe.judge import FACTORS, QUIET, judged
from dropscope._probe.places import Places

#: How far the factor of one may be from that of the gap.
_NEAR = 0.03


def several(places: Places, index: int) -> List[Cause]:
    """What drops in a gap, one for each line, where there is more than one.

    Calls and masks inside of a module stand for it.
    """
    found: List[Cause] = []
    for cause in [*places.calls[index].values(), *places.masks[index].values()]:
        is_loud = cause.verdict is not Verdict.NONE and cause.verdict is not Verdict.UNMEASURED
        if is_loud and cause.source not in [other.source for other in found]:
            found.append(cause)
    return found if len(found) > 1 else []


def sole_guilty(places: Places, index: int) -> Optional[Cause]:
    """The one that is wrong where all others are right, and the factor of the gap is its own."""
    causes, tally = several(places, index), places.gaps[index]
    wrong = [cause for cause in causes if cause.verdict in FACTORS]
    fine = [
        cause
        for cause in causes
        if cause.verdict not in QUIET and cause.verdict.severity is Severity.FINE
    ]
    if len(wrong) != 1 or len(fine) != len(causes) - 1 or judged(tally) not in FACTORS:
        return None
    own = wrong[0].tally
    if own is None or own.factor is None or tally.factor is None or not tally.share.value:
        return None
    quotient = own.share.value * own.factor / (tally.share.value * tally.factor)
    return wrong[0] if abs(quotient - 1) <= _NEAR else None


def named(causes: List[Cause]) -> Tuple[str, Optional[str], str]:
    """What drops, its lines, and a sentence that says of each what is known.

    Where some are known to be wrong, these alone are named in the first place.
    """
    wrong = [cause for cause in causes if cause.verdict.severity is Severity.BUG] or causes
    what = " and ".join(cause.what for cause in wrong)
    lines = [cause.source for cause in wrong if cause.source is not None]
    told = [f"{cause.what}{_in(cause)}, {_known(cause)}" for cause in causes]
    said = f"Here drop {'; '.join(told[:-1])}; and {told[-1]}."
    return what, ", ".join(lines) or None, said


def _in(cause: Cause) -> str:
    return "" if cause.source is None else f" ({cause.source})"


def _known(cause: Cause) -> str:
    if cause.verdict is Verdict.UNCLEAR:
        return "which cannot be judged"
    if cause.verdict.severity is Severity.FINE:
        return "which is right by itself"
    return f"which is wrong: {cause.verdict.words}"
