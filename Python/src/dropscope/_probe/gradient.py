"""The gradient against differences of the loss, with the masks held by one seed."""

from __future__ import annotations

from typing import Any, Callable, List, Optional

import torch
from torch import nn

from dropscope._model import Finding, Severity, Verdict
from dropscope._probe.batch import ProbeBatch
from dropscope._probe.differences import Differences
from dropscope._probe.randomness import RandomStates

#: Where all is right, the quotient is 0.999 to 1.000.
_LIMIT = 0.01
#: Copies of larger models are not made.
_LARGEST = 500_000_000


def gradient_findings(
    model: nn.Module, batch: ProbeBatch, loss_fn: Optional[Callable[..., Any]], seed: int
) -> List[Finding]:
    """Runs a copy of the model as it really runs, compiled or checkpointed.

    The derivative of the loss along its own gradient is the gradient's squared length, and the
    difference of the loss over a small step is an estimate of the same.
    """
    if sum(parameter.numel() for parameter in model.parameters()) > _LARGEST:
        return [_remark("the model is too large for a copy")]
    if isinstance(model, (nn.DataParallel, nn.parallel.DistributedDataParallel)):
        model = model.module
    states = RandomStates(model)
    try:
        with torch.inference_mode(False):
            return _findings(Differences(model, batch, loss_fn, states, seed), seed)
    except Exception as error:
        # The model itself ran without an error before; what fails is the copy or its gradient.
        first = f"{type(error).__name__}: {error}".strip().split("\n")[0]
        return [_remark(first)]
    finally:
        states.restore()


def _findings(differences: Differences, seed: int) -> List[Finding]:
    if not differences.has_weights:
        return []
    if not differences.is_random():
        return _random_gradient(differences, seed)
    quotients = [differences.quotient(True, seed + offset) for offset in (1, 2)]
    wrong = [q for q in quotients if q is not None and abs(q - 1) > _LIMIT]
    if len(wrong) < len(quotients):
        return []
    # A gradient that is meant to be another one, such as a straight-through estimate, is so in eval
    # mode too.
    tested = differences.quotient(False, seed + 1)
    if tested is None or abs(tested - 1) > _LIMIT:
        return [_remark("it is another one in eval mode too, so that dropout is not the cause")]
    if not differences.drew_backward and not differences.is_compiled:
        return [
            _remark(
                "it is another one, but no random numbers are drawn on the way back: a "
                "straight-through estimate is one, and so is a backward pass of one's own that "
                "scales its mask otherwise than the forward pass"
            )
        ]
    return [
        _mismatch(
            f"with the same masks the loss changes {wrong[0]:.3g} times as fast as the gradient "
            "says: the backward pass goes by other random numbers than the forward pass.",
            "If that is meant, as in shake-shake, nothing. Else let checkpointing restore the "
            "random state (preserve_rng_state=True), save the mask in an autograd function of your "
            "own, and look for partitioners of torch.compile that compute random numbers again.",
        )
    ]


# Where the loss goes by no random numbers, and its gradient perhaps does. With a branch that is
# still multiplied by 0 that is right, but there the loss goes by them too as soon as the weights
# move. Only double precision tells such a loss from one that is never random.
def _random_gradient(differences: Differences, seed: int) -> List[Finding]:
    seeds = (seed + 1, seed + 2)
    apart = differences.apart(True, seeds) if differences.is_double else None
    if apart is None or differences.is_random_along(apart, seeds):
        return []
    if differences.apart(False, seeds) is not None:
        return [_remark("it is random in eval mode too, so that dropout is not the cause")]
    return [
        _mismatch(
            "the backward pass goes by random numbers, and the forward pass by none.",
            "If that is meant, as noise on the gradient, nothing. Else apply the mask in the "
            "forward pass; autograd does the rest.",
        )
    ]


def _remark(why: str) -> Finding:
    sentence = f"the gradient was not compared with differences of the loss: {why}"
    return Finding(Severity.REMARK, Verdict.UNMEASURED, None, "the gradient", None, sentence, "")


def _mismatch(sentence: str, cure: str) -> Finding:
    verdict = Verdict.GRADIENT_MISMATCH
    return Finding(verdict.severity, verdict, None, "the gradient", None, sentence, cure)
