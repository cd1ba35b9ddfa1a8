"""The gradient against differences of the loss, with the masks held by one seed."""

from __future__ import annotations

import copy
from typing import Any, Callable, List, Optional, Tuple

import torch
from torch import Tensor, nn

from dropscope._model import Finding, Severity, Verdict
from dropscope._probe.batch import ProbeBatch
from dropscope._probe.keeping import Undisturbed
from dropscope._probe.layers import sync_norms_of
from dropscope._probe.randomness import RandomStates
from dropscope._probe.tensors import first_activation, mapped
from dropscope._signals import running_model, stop_if_asked

#: Where all is right, the quotient is 0.999 to 1.000.
_LIMIT = 0.01
#: Two step lengths that disagree by more say nothing.
_AGREEMENT = 0.003
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
            return _Comparison(model, batch, loss_fn, states, seed).findings()
    except Exception as error:
        # The model itself ran without an error before; what fails is the copy or its gradient.
        first = f"{type(error).__name__}: {error}".strip().split("\n")[0]
        return [_remark(first)]
    finally:
        states.restore()


def _remark(why: str) -> Finding:
    sentence = f"the gradient was not compared with differences of the loss: {why}"
    return Finding(Severity.REMARK, Verdict.UNMEASURED, None, "the gradient", None, sentence, "")


class _Comparison:
    def __init__(
        self,
        model: nn.Module,
        batch: ProbeBatch,
        loss_fn: Optional[Callable[..., Any]],
        states: RandomStates,
        seed: int,
    ) -> None:
        self._source = model
        self._batch = batch
        self._loss_fn = loss_fn
        self._states = states
        self._seed = seed
        self._is_double = False
        self._drew_backward = False

    def findings(self) -> List[Finding]:
        self._model = self._copy()
        self._weights = [p for p in self._model.parameters() if p.requires_grad]
        if not self._weights or not self._is_random():
            return []
        quotients = [self._quotient(True, self._seed + offset) for offset in (1, 2)]
        wrong = [q for q in quotients if q is not None and abs(q - 1) > _LIMIT]
        if len(wrong) < len(quotients):
            return []
        # A gradient that is meant to be another one, such as a straight-through estimate, is so in
        # eval mode too.
        tested = self._quotient(False, self._seed + 1)
        if tested is None or abs(tested - 1) > _LIMIT:
            return [_remark("it is another one in eval mode too, so that dropout is not the cause")]
        if not self._drew_backward and not self._is_compiled:
            return [
                _remark(
                    "it is another one, but no random numbers are drawn on the way back: a "
                    "straight-through estimate is one, and so is a backward pass of one's own "
                    "that scales its mask otherwise than the forward pass"
                )
            ]
        return [
            Finding(
                Verdict.GRADIENT_MISMATCH.severity,
                Verdict.GRADIENT_MISMATCH,
                None,
                "the gradient",
                None,
                f"with the same masks the loss changes {wrong[0]:.3g} times as fast as the "
                "gradient says: the backward pass goes by other random numbers than the forward "
                "pass.",
                "If that is meant, as in shake-shake, nothing. Else let checkpointing restore the "
                "random state (preserve_rng_state=True), save the mask in an autograd function of "
                "your own, and look for partitioners of torch.compile that compute random numbers "
                "again.",
            )
        ]

    def _copy(self) -> nn.Module:
        model = copy.deepcopy(self._source)
        is_single = all(
            p.dtype == torch.float32 for p in model.parameters() if p.is_floating_point()
        )
        self._is_compiled = any(hasattr(module, "_orig_mod") for module in model.modules())
        kinds = {parameter.device.type for parameter in model.parameters()}
        is_cast = any(torch.is_autocast_enabled(kind) for kind in kinds)
        if is_single and not self._is_compiled and not is_cast:
            wide = copy.deepcopy(model).double()
            self._model, self._is_double = wide, True
            try:
                self._loss(True, self._seed)
            except Exception:
                # Some models cast to single precision inside; then the copy does as they do.
                self._is_double = False
            else:
                return wide
        return model

    def _change(self, batch: Any) -> Any:
        if not self._is_double:
            return batch
        return mapped(batch, lambda t: t.double() if t.is_floating_point() else t)

    def _loss(self, training: bool, seed: int) -> Tensor:
        if training:
            if not self._source.training:
                self._model.train()
        else:
            self._model.eval()
        for norm in sync_norms_of(self._model):
            norm.training = False
        self._states.seed(seed % 2**31)
        stop_if_asked()
        with running_model():
            output = self._batch.run(self._model, self._change)
        return self._scalar(output)

    def _scalar(self, output: Any) -> Tensor:
        if self._loss_fn is not None:
            loss = self._batch.loss(self._loss_fn, output)
            if isinstance(loss, Tensor) and loss.dim() == 0:
                return loss
        loss = getattr(output, "loss", None)
        if isinstance(loss, Tensor) and loss.dim() == 0:
            return loss
        if isinstance(output, Tensor) and output.dim() == 0:
            return output
        first = first_activation(output)
        if first is None:
            raise ValueError("the model gives no tensor of numbers")
        generator = torch.Generator().manual_seed(self._seed)
        weights = torch.randn(first.shape, generator=generator).to(first)
        total: Tensor = (first * weights).sum() / first.numel() ** 0.5
        return total

    # State of modules that changes with each call would change the loss.
    def _value(self, training: bool, seed: int) -> float:
        with torch.no_grad(), Undisturbed(self._model):
            return float(self._loss(training, seed).double())

    def _is_random(self) -> bool:
        return self._value(True, self._seed) != self._value(True, self._seed + 1)

    def _quotient(self, training: bool, seed: int) -> Optional[float]:
        with torch.enable_grad(), Undisturbed(self._model):
            loss = self._loss(training, seed)
            if not loss.requires_grad:
                return None
            before = self._states.fingerprint()
            # As a training does it: reentrant checkpoints know no other way.
            loss.backward()  # type: ignore[no-untyped-call]
            self._drew_backward |= self._states.fingerprint() != before
        pairs = []
        for weight in self._weights:
            if weight.grad is not None:
                pairs.append((weight, weight.grad.detach().clone()))
                weight.grad = None
        square = sum(float((g.double() ** 2).sum()) for _, g in pairs)
        if not pairs or not 0 < square < float("inf"):
            return None
        size = max(sum(float((w.detach().double() ** 2).sum()) for w, _ in pairs) ** 0.5, 1e-3)
        step = size * (1e-6 if self._is_double else 2e-3) / square**0.5
        slopes = [self._slope(pairs, training, seed, factor * step) for factor in (1.0, 0.5)]
        if abs(slopes[0] - slopes[1]) > _AGREEMENT * abs(square):
            return None
        return slopes[1] / square

    def _slope(
        self, pairs: List[Tuple[nn.Parameter, Tensor]], training: bool, seed: int, step: float
    ) -> float:
        kept = [weight.detach().clone() for weight, _ in pairs]
        values = []
        try:
            for sign in (1.0, -1.0):
                with torch.no_grad():
                    for (weight, gradient), value in zip(pairs, kept):
                        weight.copy_(value + sign * step * gradient)
                values.append(self._value(training, seed))
        finally:
            with torch.no_grad():
                for (weight, _), value in zip(pairs, kept):
                    weight.copy_(value)
        return (values[0] - values[1]) / (2 * step)
