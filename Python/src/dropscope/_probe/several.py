"""Gaps in which several things drop: which of them is wrong, and where they stand."""

from __future__ import annotations

from typing import Dict, List, NamedTuple, Optional, Tuple

from dropscope._model import Severity, Verdict
from dropscope._probe.cause import Cause
from dropscope._probe.judge import FACTORS, QUIET, judged
from dropscope._probe.places import Places

#: How far the factor of one may be from that of the gap.
_NEAR = 0.03


class Dropped(NamedTuple):
    """A dropout on one line of a gap, and its numbers among all dropouts on this line."""

    cause: Cause
    numbers: List[int]
    of: int


def several(places: Places, index: int) -> List[Dropped]:
    """All dropouts of a gap that has more than one; those that are alike on one line count once.

    Calls and masks inside of a module stand for it.
    """
    lines: Dict[Optional[str], List[Cause]] = {}
    for cause in [*places.calls[index].values(), *places.masks[index].values()]:
        if cause.verdict is not Verdict.NONE and cause.verdict is not Verdict.UNMEASURED:
            lines.setdefault(cause.source, []).append(cause)
    found: List[Dropped] = []
    for causes in lines.values():
        alike: Dict[Tuple[str, Verdict], List[int]] = {}
        for number, cause in enumerate(causes, start=1):
            alike.setdefault((cause.what, cause.verdict), []).append(number)
        found += [Dropped(causes[n[0] - 1], n, len(causes)) for n in alike.values()]
    return found if len(found) > 1 else []


def sole_guilty(places: Places, index: int) -> Optional[Cause]:
    """The one that is wrong where all others are right, and the factor of the gap is its own."""
    causes, tally = [one.cause for one in several(places, index)], places.gaps[index]
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


def named(drops: List[Dropped]) -> Tuple[str, Optional[str], str]:
    """The dropouts, their lines, and a sentence that tells of each what is known.

    Where some are known to be wrong, these alone are named in the first place.
    """
    wrong = [one.cause for one in drops if one.cause.verdict.severity is Severity.BUG]
    causes = wrong or [one.cause for one in drops]
    what = " and ".join(cause.what for cause in causes)
    lines = dict.fromkeys(cause.source for cause in causes if cause.source is not None)
    told = [f"{one.cause.what}{_in(one)}, {_known(one.cause)}" for one in drops]
    said = f"Here drop {'; '.join(told[:-1])}; and {told[-1]}."
    return what, ", ".join(lines) or None, said


def _in(one: Dropped) -> str:
    if one.cause.source is None:
        return ""
    numbers = ", ".join(str(number) for number in one.numbers)
    which = f", number {numbers} of {one.of} there" if one.of > 1 else ""
    return f" ({one.cause.source}{which})"


def _known(cause: Cause) -> str:
    if cause.verdict is Verdict.UNCLEAR:
        return "which cannot be judged"
    if cause.verdict.severity is Severity.FINE:
        return "which is right by itself"
    return f"which is wrong: {cause.verdict.words}"
