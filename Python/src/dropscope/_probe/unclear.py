"""Why a gap cannot be judged, and what was seen in it."""

from __future__ import annotations

from typing import List, Optional, Tuple

from dropscope._probe.judge import SPREAD_LIMIT
from dropscope._probe.mean import MeanMultiplier
from dropscope._probe.places import Places
from dropscope._probe.tally import Other, Tally
from dropscope._probe.words import percent

_COMPARE = "Compare the sums of the layers behind it."


def unclear(places: Places, index: int) -> Tuple[str, str]:
    """The sentence and what may be done."""
    tally = places.gaps[index]
    if places.is_noisy_at_test[index]:
        return (
            "the values differ from pass to pass in eval mode too, by noise rather than dropout: "
            "this is not judged.",
            "Nothing, if the model is meant to sample at test.",
        )
    known: List[Tuple[str, Optional[Tally]]] = [
        (f"dropped by {cause.what}, with ", cause.tally) for cause in places.causes(index)
    ]
    for _, counts in [*known, ("", tally)]:
        if counts is not None and counts.other is not None:
            return _other(counts)
    for _, counts in known:
        if counts is not None and counts.mean is not None and not counts.mean.is_one:
            return varied(counts.share.value, counts.mean), _COMPARE
    for cause in places.unjudged_inputs(index):
        if cause.tally is not None and cause.tally.spread > SPREAD_LIMIT:
            return (
                f"values in training have no single multiplier in {cause.what}: noise, or a layer "
                "whose result depends on the mode. This is not judged.",
                _COMPARE,
            )
    if tally.is_same and not places.unjudged_inputs(index):
        return (
            "the gradient is dropped here, and the values move by less than can be judged, as on a "
            "branch whose scale is tiny: this is not judged.",
            "Look again when the branch has grown.",
        )
    beside = places.beside[index]
    if beside is not None and beside.factor is None:
        return (
            "the dropout by itself is right, but with its mean in its place the values in training "
            "are not those at test either: something else on this path depends on the mode. This "
            "is not judged.",
            _COMPARE,
        )
    for what, counts in [*known, ("", tally)]:
        if counts is not None and counts.looks and not counts.is_same and counts.spread <= 0.05:
            return (
                f"{what}too few draws to judge: whole examples or batches are kept or dropped, "
                f"and in {counts.passes} passes {percent(counts.share.value)} were kept.",
                "Take more looks, or a larger batch.",
            )
    if not tally.varies and not tally.is_random and tally.passes > 1:
        return (
            "no random numbers are drawn here, and values in training are the same in every pass, "
            "but not those at test: one mask for good, or a layer whose result depends on the "
            "mode. This is not judged.",
            "If there is a mask, draw a new one in each forward pass.",
        )
    ratio = tally.mean_ratio
    mean = f"; together they are {ratio:.2f} times those at test" if ratio is not None else ""
    return (
        f"values in training have no single multiplier{mean}: noise, a layer whose result depends "
        "on the mode, or a path around the dropout. This is not judged.",
        _COMPARE,
    )


def varied(keep: float, mean: MeanMultiplier) -> str:
    """The sentence about a mask whose factors differ, and whose mean is not known to be 1."""
    return (
        f"keep {percent(keep)}, and what is kept is multiplied by factors that differ between "
        f"examples or units: with what is dropped they are {mean.value:.3f} ± {mean.error:.3f} on "
        "average. This is not judged."
    )


def _other(counts: Tally) -> Tuple[str, str]:
    if counts.other is Other.PATCHES:
        lost = percent(1 - counts.share.value)
        return (
            f"whole patches or positions of the inputs are erased in training, {lost} of all "
            "values, and nothing is scaled, as augmentation does: this is not judged as dropout.",
            "Nothing, if it is augmentation. Dropout would divide by what it keeps.",
        )
    if counts.other is Other.RESCALED:
        return (
            f"keep {percent(counts.share.value)}, and what is kept is multiplied by values that "
            "are others at test, as where it is normed again: this is not judged.",
            _COMPARE,
        )
    if counts.other is Other.CONSTANT:
        return (
            "what is taken away is not 0 in training but becomes one and the same value, as in "
            "alpha dropout: then mean and variance over all units count, not the mean of each. "
            "This is not judged.",
            "Use nn.AlphaDropout, which sets mean and variance right by itself.",
        )
    return (
        "what is taken away is not 0 in training but replaced by other values, as zoneout and "
        "sampling do: this is no dropout, and is not judged.",
        _COMPARE,
    )
