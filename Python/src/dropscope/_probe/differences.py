"""A copy of a model whose loss and its gradient are taken for one seed."""

from __future__ import annotations

import contextlib
import copy
from typing import Any, Callable, Iterator, List, Optional, Tuple

import torch
from torch import Tensor, nn

from dropscope._probe.batch import ProbeBatch
from dropscope._probe.keeping import Undisturbed
from dropscope._probe.layers import sync_norms_of
from dropscope._probe.randomness import RandomStates
from dropscope._probe.tensors import first_activation, mapped
from dropscope._signals import running_model, stop_if_asked

#: Two step lengths that disagree by more say nothing.
_AGREEMENT = 0.003
#: Of the squared length of a gradient: what two passes may differ by where nothing is random.
_NOISE = 1e-6
#: A direction in the space of the weights.
Direction = List[Tuple[nn.Parameter, Tensor]]


class Differences:
    """The derivatives of the loss, by its gradient and by its differences."""

    def __init__(
        self,
        model: nn.Module,
        batch: ProbeBatch,
        loss_fn: Optional[Callable[..., Any]],
        states: RandomStates,
        seed: int,
    ) -> None:
        """In double precision, where the model can be run so."""
        self._source = model
        self._batch = batch
        self._loss_fn = loss_fn
        self._states = states
        self._seed = seed
        #: Whether the copy runs in double precision.
        self.is_double = False
        self.is_compiled = False
        #: Whether a backward pass has drawn random numbers.
        self.drew_backward = False
        self._model = self._copy()
        self._weights = [p for p in self._model.parameters() if p.requires_grad]

    @property
    def has_weights(self) -> bool:
        """Whether anything wants a gradient."""
        return bool(self._weights)

    def _copy(self) -> nn.Module:
        model = copy.deepcopy(self._source)
        is_single = all(
            p.dtype == torch.float32 for p in model.parameters() if p.is_floating_point()
        )
        self.is_compiled = any(hasattr(module, "_orig_mod") for module in model.modules())
        kinds = {parameter.device.type for parameter in model.parameters()}
        is_cast = any(torch.is_autocast_enabled(kind) for kind in kinds)
        if is_single and not self.is_compiled and not is_cast:
            wide = copy.deepcopy(model).double()
            self._model, self.is_double = wide, True
            try:
                self._loss(True, self._seed)
            except Exception:
                # Some models cast to single precision inside; then the copy does as they do.
                self.is_double = False
            else:
                return wide
        return model

    def _change(self, batch: Any) -> Any:
        if not self.is_double:
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

    def is_random(self) -> bool:
        """Whether the loss goes by random numbers."""
        return not _are_near(*(self._value(True, self._seed + offset) for offset in (0, 1)))

    def apart(self, training: bool, seeds: Tuple[int, int]) -> Optional[Direction]:
        """The difference of two seeds' gradients; None where it is no more than rounding."""
        first, second = (dict(self._gradient(training, seed) or []) for seed in seeds)
        apart = [(w, g - second[w]) for w, g in first.items() if w in second]
        least = _NOISE * _square(list(first.items()))
        return apart if least < _square(apart) < float("inf") else None

    def quotient(self, training: bool, seed: int) -> Optional[float]:
        """The slope of the loss along its gradient, over the square of the gradient's length.

        None where it cannot be told.
        """
        pairs = self._gradient(training, seed)
        square = 0.0 if pairs is None else _square(pairs)
        if pairs is None or not 0 < square < float("inf"):
            return None
        step = self._step(pairs)
        slopes = [self._slope(pairs, training, seed, factor * step) for factor in (1.0, 0.5)]
        if abs(slopes[0] - slopes[1]) > _AGREEMENT * abs(square):
            return None
        return slopes[1] / square

    def is_random_along(self, apart: Direction, seeds: Tuple[int, int]) -> bool:
        """Whether the loss of two seeds differs somewhere along a direction."""
        with self._moved(apart, 1e3 * self._step(apart)):
            return not _are_near(*(self._value(True, seed) for seed in seeds))

    # How far to go along a direction, in units of its length.
    def _step(self, pairs: Direction) -> float:
        size = max(_square([(w, w.detach()) for w, _ in pairs]) ** 0.5, 1e-3)
        return float(size * (1e-6 if self.is_double else 2e-3) / _square(pairs) ** 0.5)

    # None where nothing wants a gradient.
    def _gradient(self, training: bool, seed: int) -> Optional[Direction]:
        with torch.enable_grad(), Undisturbed(self._model):
            loss = self._loss(training, seed)
            if not loss.requires_grad:
                return None
            before = self._states.fingerprint()
            # As a training does it: reentrant checkpoints know no other way.
            loss.backward()  # type: ignore[no-untyped-call]
            self.drew_backward |= self._states.fingerprint() != before
        pairs = []
        for weight in self._weights:
            if weight.grad is not None:
                pairs.append((weight, weight.grad.detach().clone()))
                weight.grad = None
        return pairs

    def _slope(self, pairs: Direction, training: bool, seed: int, step: float) -> float:
        values = []
        for sign in (1.0, -1.0):
            with self._moved(pairs, sign * step):
                values.append(self._value(training, seed))
        return (values[0] - values[1]) / (2 * step)

    @contextlib.contextmanager
    def _moved(self, pairs: Direction, step: float) -> Iterator[None]:
        kept = [weight.detach().clone() for weight, _ in pairs]
        try:
            with torch.no_grad():
                for (weight, direction), value in zip(pairs, kept):
                    weight.copy_(value + step * direction)
            yield
        finally:
            with torch.no_grad():
                for (weight, _), value in zip(pairs, kept):
                    weight.copy_(value)


# Whether two losses differ by no more than double precision rounds.
def _are_near(first: float, second: float) -> bool:
    return first == second or abs(first - second) <= 1e-12 * max(1.0, abs(first))


def _square(pairs: Direction) -> float:
    return sum(float((values.double() ** 2).sum()) for _, values in pairs)
