"""Compares the values of gaps that are judged by their dropout alone."""

from __future__ import annotations

from typing import Callable, Optional, Sequence

from torch import Tensor

from dropscope._model import Verdict
from dropscope._probe.beside import (
    Beside,
    Seen,
    are_same,
    compared,
    factors_at_test,
    is_faintly_off,
)
from dropscope._probe.droppers import DropperObserver
from dropscope._probe.hand_masks import mask_factors
from dropscope._probe.hooks import Key
from dropscope._probe.judge import FACTORS, judged
from dropscope._probe.passes import Passes
from dropscope._probe.places import Places
from dropscope._probe.recording import Recorder, tests_of

#: Of more gaps than this that do not agree, the rest is not looked into: one bug is all over.
_MOST = 8
#: A factor on a branch behind a tiny scale is told from 1 when it is further off than this.
_FAINT_OFF = 0.05
_RIGHT = (Verdict.RIGHT, Verdict.CHANNELS)


def check_beside(
    passes: Passes, recorder: Recorder, places: Places, tested: DropperObserver
) -> None:
    """Tells of each gap whose dropout is right whether something else acts on what it keeps.

    With dropout replaced by its mean, the values in training must be those at test. Where random
    numbers are drawn all the same, nothing can be said.
    """
    asked = [gap for gap in range(len(places.gaps)) if places.leans_on_causes(gap)]
    doubted = [
        gap
        for gap in range(len(places.gaps))
        if judged(places.gaps[gap]) in FACTORS and places.has_right_causes(gap)
    ]
    places.bent = set()
    if not asked and not doubted:
        return
    right = [
        key
        for causes in places.modules
        for key, cause in causes.items()
        if cause.tally is not None and cause.verdict in _RIGHT
    ]
    factors = factors_at_test(tested.calls, right)

    def seen(training: bool, is_zero: Callable[[int], bool]) -> Seen:
        return passes.replaced(recorder, factors, training=training, is_zero=is_zero)

    mean = seen(True, _nowhere)
    tests = tests_of(recorder)
    if doubted:
        kept = {key: factor * _kept_factor(places, key) for key, factor in factors.items()}
        plain, most = (
            passes.replaced(
                recorder, kept if is_kept else factors, training=True, is_zero=_nowhere,
                kept=is_kept, masks=mask_factors(places, kept=is_kept),
            )
            for is_kept in (False, True)
        )  # fmt: skip
        places.bent = {
            gap for gap in doubted if _is_bent(places.gaps[gap].factor, gap, plain, most, tests)
        }
    differ, alike = [], []
    for gap in asked:
        places.beside[gap] = None
        if any(d <= gap for d in mean.drew):
            continue
        if are_same(mean.inputs[gap], tests[gap]):
            alike.append(gap)
        else:
            places.beside[gap] = Beside(None)
            differ.append(gap)
    if not differ and not alike:
        return
    test = seen(False, _nowhere)
    for gap in [gap for gap in alike if is_faintly_off(gap, mean, test)][:_MOST]:
        found = compared(gap, mean, test, seen(True, _only(gap)), is_faint=True)
        if found.factor is not None and abs(found.factor - 1) > _FAINT_OFF:
            places.beside[gap] = found
    if not differ:
        return
    nothing = seen(True, _everywhere)
    for gap in differ[:_MOST]:
        found = compared(gap, mean, test, seen(True, _only(gap)))
        if found.factor is None:
            # A bug in a gap before may lie over this one: now without all others.
            others = _all_but(gap)
            found = compared(gap, seen(True, others), seen(False, others), nothing)
        places.beside[gap] = found


def _kept_factor(places: Places, key: Key) -> float:
    causes = [causes[key] for causes in places.modules if key in causes]
    tally = causes[0].tally
    return (tally.factor or 1.0) if tally is not None else 1.0


# A function that is not linear, such as a square, turns a factor into another one. Then nothing
# differs from the test with dropout's mean, and with its factor all values are as the kept ones.
def _is_bent(
    factor: Optional[float], gap: int, mean: Seen, most: Seen, tests: Sequence[Optional[Tensor]]
) -> bool:
    test = tests[gap]
    if test is None or factor is None or mean.inputs[gap] is None or most.inputs[gap] is None:
        return False
    if gap in mean.drew or gap in most.drew:
        return False
    return are_same(mean.inputs[gap], test) and are_same(most.inputs[gap], test * factor)


def _nowhere(gap: int) -> bool:
    return False


def _everywhere(gap: int) -> bool:
    return True


def _only(gap: int) -> Callable[[int], bool]:
    return lambda other: other == gap


def _all_but(gap: int) -> Callable[[int], bool]:
    return lambda other: other != gap
