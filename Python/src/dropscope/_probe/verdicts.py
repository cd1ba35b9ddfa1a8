"""The verdict and the sentence of each gap, from all that was counted in it."""

from __future__ import annotations

from dataclasses import replace
from typing import List, Mapping, Optional, Sequence, Tuple

from dropscope._model import Finding, Gap, Layer, Severity, Verdict
from dropscope._probe.beside import Beside
from dropscope._probe.cause import Cause
from dropscope._probe.folded import folded
from dropscope._probe.judge import FACTORS, QUIET, dropped, judged
from dropscope._probe.places import Places
from dropscope._probe.several import named, several, sole_guilty
from dropscope._probe.tally import Other, Tally
from dropscope._probe.unclear import unclear
from dropscope._probe.words import BENT, scaled_beside, scaled_gradient, sentence_and_cure

#: How far a factor may be from 1 over the share that is kept, which is measured.
_AGAIN = 0.02
#: Verdicts for which all that drops in a gap is named.
_NAMED = (*FACTORS, Verdict.RIGHT, Verdict.CHANNELS)


def gaps_of(
    places: Places, layers: Sequence[Layer], backward: Mapping[int, Verdict]
) -> Tuple[Gap, ...]:
    """One gap in front of each layer, and one behind the last."""
    return tuple(_gap(places, index, layers, backward) for index in range(len(layers) + 1))


def where(index: int, layers: Sequence[Layer]) -> str:
    """The place of a gap in words."""
    if not layers:
        return "in the model"
    if index == 0:
        return f"before {layers[0].title}"
    if index == len(layers):
        return f"behind {layers[-1].title}"
    return f"between {layers[index - 1].title} and {layers[index].title}"


def _gap(
    places: Places, index: int, layers: Sequence[Layer], backward: Mapping[int, Verdict]
) -> Gap:
    tally = places.gaps[index]
    causes = places.causes(index)
    verdict, cause = _verdict(places, index, backward.get(index))
    twin = places.twins[index]
    is_quiet = all(cause.verdict in (Verdict.NONE, Verdict.UNMEASURED) for cause in causes)
    if verdict is Verdict.UNCLEAR and twin is not None and is_quiet:
        # The same tensor goes into several layers, as in attention.
        return replace(
            _gap(places, twin, layers, backward), index=index, where=where(index, layers)
        )
    counts: Optional[Tally] = tally
    if verdict is not judged(tally) and cause is not None:
        counts = cause.tally
    if verdict in (Verdict.RIGHT, Verdict.CHANNELS) and index == len(layers) and dropped(counts):
        verdict = Verdict.AFTER_OUTPUT
    shown = cause or _first_dropping(causes)
    has_drop = verdict not in (Verdict.NONE, Verdict.UNMEASURED)
    what = shown.what if shown is not None and has_drop else None
    source = shown.source if shown is not None and has_drop else None
    sentence, cure = sentence_and_cure(verdict, counts, what)
    beside = _beside(places, index)
    if cause is not None and beside is not None and beside.factor is not None:
        sentence, cure = scaled_beside(beside.factor, what, verdict)
    scale = places.gradient_scales.get(index)
    if scale is not None and verdict is Verdict.BACKWARD_DIFFERS and tally.factor is not None:
        sentence, cure = scaled_gradient(tally.factor, scale)
    own = places.own_gradients.get(index)
    if own is not None and verdict is Verdict.BACKWARD_DIFFERS:
        source = own[2] or source
        if own[1]:
            sentence, cure = scaled_gradient(own[0], own[1])
    if index in places.bent and cause is not None:
        sentence = f"{sentence} {BENT}"
    behind = folded(places, index)
    if behind is not None and behind[0] is verdict:
        _, sentence, cure = behind
    elif verdict is Verdict.UNCLEAR:
        sentence, cure = unclear(places, index)
        if _comes_from_elsewhere(places, index):
            verdict, cure = Verdict.NONE, ""
            sentence = "nothing is dropped here; what differs was dropped before, on another path."
    drops = several(places, index) if verdict in _NAMED else []
    if drops:
        what, source, said = named(drops)
        if verdict in FACTORS:
            sentence = f"{sentence} {said}"
    elif what is not None and shown is not None:
        what += _times(places, index, shown)
    seen = counts if counts is not None and counts.looks and not counts.is_same else None
    has_share = seen is not None and (seen.factor is not None or seen.mean is not None)
    told = seen is not None and has_share and seen.spread <= 0.05
    return Gap(
        index=index,
        where=where(index, layers),
        verdict=verdict,
        keep=seen.share.value if seen is not None and told else None,
        keep_error=seen.error if seen is not None and told else None,
        factor=seen.factor if seen is not None and seen.spread <= 0.05 else None,
        spread=seen.spread if seen is not None else None,
        draws=int(seen.share.draws) if seen is not None else 0,
        source=source,
        what=what,
        sentence=sentence,
        cure=cure,
    )


def _verdict(
    places: Places, index: int, backward: Optional[Verdict]
) -> Tuple[Verdict, Optional[Cause]]:
    causes = places.causes(index)
    on = next((cause for cause in causes if cause.is_on_at_test), None)
    if places.is_blank[index]:
        return Verdict.UNMEASURED, None
    if on is not None or places.is_on_at_test[index]:
        return Verdict.ON_AT_TEST, on
    if backward is not None:
        return backward, None
    verdict = judged(places.gaps[index])
    if places.is_noisy_at_test[index]:
        return Verdict.UNCLEAR, None
    if index in places.bent:
        cause = next(cause for cause in causes if cause.verdict not in QUIET)
        return cause.verdict, cause
    if verdict not in QUIET:
        behind = folded(places, index)
        guilty = sole_guilty(places, index) if behind is None else None
        if guilty is not None:
            return guilty.verdict, guilty
        return verdict if behind is None else behind[0], None
    loud = [cause for cause in causes if cause.verdict not in QUIET]
    if loud:
        worst = max(loud, key=lambda cause: cause.verdict.severity.rank)
        beside = _beside(places, index)
        is_fine = worst.verdict.severity is Severity.FINE
        if is_fine and any(_is_unjudged(cause) for cause in causes):
            # That the others are right says nothing of the one that cannot be judged.
            return Verdict.UNCLEAR, None
        if beside is not None and is_fine:
            return _beside_verdict(beside, worst), worst
        return worst.verdict, worst
    if places.unjudged_inputs(index):
        return Verdict.UNCLEAR, None
    if any(_is_unjudged(cause) for cause in causes):
        # It may act on another path than the one that goes into the next layer.
        return Verdict.UNCLEAR, None
    return verdict, None


# Whether factors that differ act on what it keeps, and their mean is not known to be 1.
def _is_unjudged(cause: Cause) -> bool:
    tally = cause.tally
    is_varied = tally is not None and (tally.mean is not None or tally.other is Other.RESCALED)
    return is_varied and cause.verdict is Verdict.UNCLEAR


# Another factor that acts on what dropout keeps, beside its own scale; None where none does.
def _beside(places: Places, index: int) -> Optional[Beside]:
    beside = places.beside[index]
    return None if beside is None or beside.is_right else beside


def _beside_verdict(beside: Beside, cause: Cause) -> Verdict:
    if beside.factor is None:
        return Verdict.UNCLEAR
    keep = 1 - cause.p if cause.p else cause.tally.share.value if cause.tally is not None else 0.0
    if abs(beside.factor * keep - 1) <= _AGAIN:
        return Verdict.SCALED_TWICE
    is_undone = keep > 0 and abs(beside.factor / keep - 1) <= _AGAIN
    return Verdict.UNSCALED if is_undone else Verdict.WRONG_FACTOR


# Nothing random happens in this gap, and yet its values differ from pass to pass.
def _comes_from_elsewhere(places: Places, index: int) -> bool:
    tally = places.gaps[index]
    before = any(earlier.is_random for earlier in places.gaps[:index])
    is_quiet = not places.causes(index) and not places.is_noisy_at_test[index]
    return is_quiet and before and tally.varies and not tally.is_random


# How often the same drops on one line of a gap.
def _times(places: Places, index: int, shown: Cause) -> str:
    for group in (places.modules[index], places.calls[index], places.masks[index]):
        causes: List[Cause] = list(group.values())
        if shown in causes:
            alike = sum(
                (cause.what, cause.source, cause.verdict)
                == (shown.what, shown.source, shown.verdict)
                for cause in causes
            )
            return f" ({alike} times)" if alike > 1 else ""
    return ""


def _first_dropping(causes: Sequence[Cause]) -> Optional[Cause]:
    loud = [cause for cause in causes if cause.verdict not in QUIET]
    few = [cause for cause in causes if cause.verdict is Verdict.UNCLEAR]
    return next(iter([*loud, *few]), None)


def findings_of(gaps: Sequence[Gap], places: Places) -> List[Finding]:
    """The gaps that are not fine, once each."""
    found = []
    for gap in gaps:
        if gap.severity is Severity.FINE:
            continue
        twin = places.twins[gap.index]
        if twin is not None and gaps[twin].verdict is gap.verdict:
            continue
        found.append(
            Finding(
                gap.severity,
                gap.verdict,
                gap.index,
                gap.where,
                gap.source,
                gap.sentence,
                gap.cure,
            )
        )
    return found
