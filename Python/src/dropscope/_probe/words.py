"""Verdicts in plain words, with their cures."""

from __future__ import annotations

from typing import Optional, Tuple

from dropscope._model import Verdict
from dropscope._probe.tally import Tally

#: An addition to the sentence where a gap has another factor than its dropout.
BENT = "What follows in this gap is not linear, so that its values have another mean."


def percent(value: float) -> str:
    """A share with two digits, or as many as it takes not to say 1.00 of less."""
    for digits in (2, 3, 4, 5):
        text = f"{value:.{digits}f}"
        if abs(float(text) - value) < 5e-4 * max(value, 1e-6) + 5 * 10.0 ** -(digits + 1):
            if 0 < value < 1 and float(text) in (0.0, 1.0):
                continue
            return text
    return f"{value:.2g}"


def sentence_and_cure(
    verdict: Verdict, tally: Optional[Tally], what: Optional[str]
) -> Tuple[str, str]:
    """The sentence about a place, and its cure; no cure where all is right."""
    by = f" by {what}" if what else ""
    fixed = _WITHOUT_NUMBERS.get(verdict)
    if fixed is not None:
        return fixed[0].format(by=by), fixed[1]
    if tally is not None and tally.mean is not None and verdict is Verdict.RIGHT:
        return (
            f"keep {percent(tally.share.value)}, and what is kept is multiplied by factors that "
            f"differ: with what is dropped they are {tally.mean.value:.3f} ± "
            f"{tally.mean.error:.3f} on average, and the mean in training is the value at test.",
            "",
        )
    if tally is None or tally.factor is None or verdict in (Verdict.UNMEASURED,):
        return _without_counts(verdict, by)
    keep, factor = tally.share.value, tally.factor
    product = keep * factor
    kept = percent(keep)
    inverted = f"nn.Dropout({float(percent(1 - keep)):g})"
    times = f"sums at test are {1 / product:.2f} times those in training" if product else ""
    if verdict is Verdict.UNSCALED:
        return (
            f"keep {kept}, nothing is scaled: {times}.",
            f"Divide by {kept} in training, or use {inverted}.",
        )
    if verdict is Verdict.SCALED_TWICE:
        return (
            f"keep {kept}, what is kept is multiplied by {factor:.3g}, which is scaled twice: "
            f"{times}.",
            f"Divide by {kept} once, either in training or by multiplying at test.",
        )
    if verdict is Verdict.SWAPPED:
        return (
            f"keep {kept}, what is kept is multiplied by {factor:.3g} = 1 / {percent(1 - keep)}: "
            f"keep and drop are swapped, and {times}.",
            f"Divide by {kept}, or use nn.Dropout(p) with the probability p to drop.",
        )
    if verdict is Verdict.WRONG_FACTOR:
        if keep == 1:
            return (
                f"nothing is dropped, but values in training are multiplied by {factor:.3g}: "
                f"{times}.",
                "Take the factor away, or let it act at test too.",
            )
        return (
            f"keep {kept}, what is kept is multiplied by {factor:.3g} instead of {1 / keep:.3g}: "
            f"{times}.",
            f"Divide by {kept} in training, or use {inverted}.",
        )
    if verdict is Verdict.AFTER_OUTPUT:
        return (
            f"keep {kept}{by}, behind the last layer: the outputs themselves are dropped.",
            "Drop in front of the last layer, unless more layers follow this model.",
        )
    places = ", whole channels" if verdict is Verdict.CHANNELS else ""
    if tally.is_whole_path:
        places = ", whole examples or paths"
    return (
        f"keep {kept}{places}, scaled by {factor:.3g}: the mean in training is the value at test.",
        "",
    )


def scaled_beside(factor: float, what: Optional[str], verdict: Verdict) -> Tuple[str, str]:
    """The sentence about a branch whose dropout is right, and which is multiplied once more."""
    by = what or "dropout"
    kinds = {
        Verdict.SCALED_TWICE: ", which is scaled twice",
        Verdict.UNSCALED: ", which takes the scale back",
    }
    return (
        f"{by} scales by itself, and what it keeps is multiplied by {factor:.3g} besides in one "
        f"mode alone{kinds.get(verdict, '')}: at test this branch is {1 / factor:.2f} times its "
        "mean in training.",
        "Take the factor away, or let it act in both modes.",
    )


def scaled_gradient(factor: float, scale: float) -> Tuple[str, str]:
    """The sentence where the values are scaled rightly, and their gradient otherwise."""
    backward = "does not" if abs(scale - 1) <= 0.01 else f"by {scale:.3g}"
    return (
        f"the forward pass multiplies what is kept by {factor:.3g}, and the backward pass "
        f"{backward}: the gradient is {scale / factor:.2f} times what it should be.",
        "Multiply the gradient by the same scaled mask as the values.",
    )


def _without_counts(verdict: Verdict, by: str) -> Tuple[str, str]:
    if verdict is Verdict.RIGHT:
        return f"dropped{by}, which scales by itself: right by its arguments.", ""
    if verdict is Verdict.AFTER_OUTPUT:
        return (
            f"dropped{by} behind the last layer: the outputs themselves are dropped.",
            "Drop in front of the last layer, unless more layers follow this model.",
        )
    return "not measured: no value here tells.", ""


_WITHOUT_NUMBERS = {
    Verdict.EVERYTHING_DROPPED: (
        "everything is dropped{by}: nothing on this path reaches the next layer in training.",
        "Drop with a probability below 1.",
    ),
    Verdict.NONE: ("nothing is dropped.", ""),
    Verdict.ON_AT_TEST: (
        "dropped{by} in eval mode too: two predictions for the same input differ.",
        "Pass training=self.training, or register the module so that model.eval() reaches it.",
    ),
    Verdict.FIXED_MASK: (
        "the mask is the same in every pass: some units never take part.",
        "Draw a new mask in each forward pass.",
    ),
    Verdict.SHARED_MASK: (
        "one mask for all examples of the batch: they all lose the same units.",
        "Draw the mask in the shape of the whole input, with the batch axis.",
    ),
    Verdict.BACKWARD_DIFFERS: (
        "the gradient goes by another mask than the forward pass.",
        "Keep the forward mask (ctx.save_for_backward) and multiply the gradient by it; with "
        "checkpointing, keep preserve_rng_state=True.",
    ),
    Verdict.BACKWARD_ONLY: (
        "the forward pass keeps everything, but the gradient is dropped.",
        "Apply the mask in the forward pass; autograd does the rest.",
    ),
}
