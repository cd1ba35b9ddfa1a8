"""Whether the gradient passes a gap by the mask of its forward."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Tuple

import torch
from torch import Tensor

from dropscope._probe.hooks import CallObserver, Key
from dropscope._probe.own_backward import OwnDrop
from dropscope._probe.randomness import RandomStates
from dropscope._probe.recording import Recorder
from dropscope._probe.tensors import first_activation, mapped


class GradientObserver(CallObserver):
    """Keeps, of a pass with a graph, each layer's output and what reaches the next one.

    Layers' outputs are handed on as clones, so that an in-place operation leaves the kept ones as
    they are, and as leaves where nothing before them wants a gradient.
    """

    def __init__(
        self,
        recorder: Recorder,
        inputs: List[Tensor],
        replaced: Optional[Dict[int, Tensor]] = None,
        is_plain: bool = False,
    ) -> None:
        """`inputs` are the batch's activations, which stand in front of gap 0.

        With `replaced` the outputs of another pass are handed on in place of the layers' own. A
        plain pass wants no gradient of what has none in the training.
        """
        self._is_plain = is_plain
        self._recorder = recorder
        self._replaced = replaced
        self.outputs: Dict[int, Tensor] = {}
        self.inputs: Dict[int, Tuple[Tensor, Tensor]] = {}
        #: The gap that the pass is in, and what dropped in this pass where no graph is recorded.
        self.position = 0
        self.drops: List[OwnDrop] = []
        if inputs:
            self.outputs[-1] = inputs[0]

    def started(self, key: Key, inputs: Any) -> None:
        """Keeps an input with its values of now."""
        site = self._recorder.by_key.get(key)
        tensor = first_activation(inputs)
        if site is not None:
            self.position = site.index
        if site is not None and tensor is not None and site.index not in self.inputs:
            self.inputs[site.index] = (tensor, tensor.detach().clone())

    def finished(self, key: Key, inputs: Any, output: Any) -> Any:
        """Keeps the output and hands on a clone."""
        site = self._recorder.by_key.get(key)
        if site is not None:
            self.position = site.index + 1
        first = first_activation(output)
        if site is None or first is None or not torch.is_grad_enabled():
            return None
        if self._is_plain and not first.requires_grad:
            return None

        def handed_on(tensor: Tensor) -> Tensor:
            if tensor is not first:
                return tensor
            kept = tensor if tensor.requires_grad else tensor.detach().requires_grad_()
            if self._replaced is not None and site.index in self._replaced:
                kept = self._replaced[site.index].detach().clone().requires_grad_()
            # A checkpointed part is run again in the backward pass, and must do the same then.
            self.outputs.setdefault(site.index, kept)
            return kept.clone()

        return mapped(output, handed_on)

    def end(self, output: Any) -> None:
        """Keeps the model's output."""
        tensor = first_activation(output)
        if tensor is not None:
            self.inputs[len(self._recorder.sites)] = (tensor, tensor.detach().clone())


class BackwardShares:
    """Of one gap: where forward and backward disagree."""

    def __init__(
        self, quotients: Tensor, before: Tensor, after: Tensor, told: Tensor, has_gradient: Tensor
    ) -> None:
        """`quotients` are what the gradient is multiplied with, where that is `told`."""
        self.entries = int(told.sum())
        kept, zero = told & (after != 0), told & (after == 0)
        self._lost = kept & ~has_gradient
        self._told = kept & has_gradient
        self._quotients = quotients
        self._after = after.float()
        #: The share of what is kept that has no gradient, and of what is dropped that has one.
        self.lost = float(self._lost.sum()) / max(float(kept.sum()), 1.0)
        self.gained = float((zero & has_gradient).sum()) / max(float(zero.sum()), 1.0)
        self._moved = (quotients * before.float()).abs() / after.float().abs()

    def reach(self, trained: BackwardShares) -> float:
        """How far values would move, over their size, if what another pass lost were dropped."""
        if self._told.shape != trained._lost.shape:
            return 0.0
        moved = self._moved[self._told & trained._lost]
        return float(moved.median()) if moved.numel() else 0.0

    @property
    def scale(self) -> Optional[float]:
        """The factor of the gradient, where that is one number."""
        return _single(self._quotients[self._told], 1e-2)

    def scale_over(self, base: BackwardShares, error: float) -> Optional[float]:
        """The same over that of another pass, where this is one number, up to an error."""
        if base._told.shape != self._told.shape:
            return None
        both = self._told & base._told
        return _single(self._quotients[both] / base._quotients[both], error)

    def factor_over(self, base: BackwardShares, error: float) -> Optional[float]:
        """The factor of the values of this very pass: each pass may draw a rate of its own."""
        if base._told.shape != self._told.shape:
            return None
        both = self._told & base._told
        return _single(self._after[both] / base._after[both], error)


def backward_shares(
    observer: GradientObserver, index: int, states: RandomStates, seed: int
) -> Optional[BackwardShares]:
    """Compares values and gradient of the gap in front of layer `index`.

    None where the gradient mixes units, as behind a layer norm or attention: then zeros say
    nothing.
    """
    output = observer.outputs.get(index - 1)
    reached = observer.inputs.get(index)
    if output is None or reached is None or not reached[0].requires_grad:
        return None
    tensor, values = reached
    if tensor.numel() != output.numel():
        return None
    generator = torch.Generator().manual_seed(seed)
    quotients, gradients = [], []
    for _ in range(2):
        direction = (torch.rand(tensor.shape, generator=generator) + 0.5) * (
            torch.randint(0, 2, tensor.shape, generator=generator) * 2 - 1
        )
        direction = direction.to(device=tensor.device, dtype=tensor.dtype)
        # A backward pass that draws masks of its own must draw the same ones for both.
        states.seed(seed)
        (gradient,) = torch.autograd.grad(
            tensor, output, direction, retain_graph=True, allow_unused=True
        )
        if gradient is None:
            return None
        gradients.append(gradient.detach().reshape(-1).float())
        quotients.append(gradients[-1] / direction.reshape(-1).float())
    apart = (quotients[0] - quotients[1]).abs()
    limit = max(1e-3, 8 * float(torch.finfo(tensor.dtype).eps))
    mixed = apart > limit * (quotients[0].abs() + quotients[1].abs()) + 1e-12
    if float(mixed.float().mean()) > 0.01:
        return None
    before = output.detach().reshape(-1)
    after = values.reshape(-1)
    has_gradient = gradients[0] != 0
    # Below 0 a rectifier takes both the value and the gradient.
    told = before.isfinite() & (before > 0) & ~mixed
    return BackwardShares(quotients[0], before, after, told, has_gradient)


def is_reached(observer: GradientObserver, index: int) -> bool:
    """Whether the input of layer `index` has a gradient to the output of the layer before."""
    output, reached = observer.outputs.get(index - 1), observer.inputs.get(index)
    if output is None or reached is None or not reached[0].requires_grad:
        return False
    tensor = reached[0]
    (gradient,) = torch.autograd.grad(
        tensor, output, torch.ones_like(tensor), retain_graph=True, allow_unused=True
    )
    return gradient is not None


def _single(quotients: Tensor, error: float) -> Optional[float]:
    if not quotients.numel():
        return None
    scale = float(quotients.median())
    apart = (quotients - scale).abs() > error * abs(scale)
    return scale if float(apart.float().mean()) <= 0.05 else None
