"""Dropout inside of an autograd function of the person's own: its gradient against its values."""

from __future__ import annotations

from typing import Any, Callable, Dict, FrozenSet, List, Optional, Tuple

import torch
from torch import Tensor

from dropscope._model import Verdict
from dropscope._probe.followed import Calls, MaskMeeting
from dropscope._probe.functions import Follower
from dropscope._probe.randomness import RandomStates
from dropscope._probe.source import is_in_own_function, person_line

#: So much of a multiplier may be an error of rounding.
_ERROR = 5e-3
#: With fewer values nothing is judged.
_FEWEST = 50


class OwnDrop:
    """A dropout where no graph is recorded, as in the forward of an autograd function."""

    def __init__(self, gap: int, source: Optional[str], before: Tensor) -> None:
        """`before` is the activation itself."""
        self.gap = gap
        self.source = source
        self.before = before
        #: The result, and what it was multiplied to, in this order.
        self.results: List[Tensor] = []

    @property
    def output(self) -> Optional[Tensor]:
        """The last result that a function of one's own gave back; None where there is none."""
        for result in reversed(self.results):
            if hasattr(result.grad_fn, "_forward_cls"):
                return result
        return None


class OwnDrops(Follower):
    """Follows a pass with a graph, and keeps what drops where none is recorded."""

    def __init__(self, position: Callable[[], int], states: RandomStates, common: Calls) -> None:
        """`common` are the calls of eval mode."""
        super().__init__(position, states, common)
        self._drops: List[Tuple[OwnDrop, Optional[MaskMeeting]]] = []

    def _dropped(
        self, func: Callable[..., Any], name: str, args: Tuple[Any, ...], kwargs: Dict[str, Any]
    ) -> Any:
        result = super()._dropped(func, name, args, kwargs)
        given = args[0] if args else kwargs.get("input")
        if _is_hidden() and isinstance(given, Tensor) and result is not given:
            drop = OwnDrop(self._position(), person_line(), given)
            drop.results.append(result)
            self._drops.append((drop, None))
        return result

    def _meet(
        self, activation: Tensor, before: Tensor, after: Tensor, roots: FrozenSet[int]
    ) -> Optional[Tensor]:
        other = super()._meet(activation, before, after, roots)
        if _is_hidden() and after is not activation:
            drop = OwnDrop(self._position(), person_line(), activation)
            self._drops.append((drop, self._scales.meeting(after)))
        return other

    def found(self) -> List[OwnDrop]:
        """All of them, after the pass."""
        for drop, meeting in self._drops:
            if meeting is not None:
                drop.results = self._scales.results(meeting)
        return [drop for drop, _ in self._drops]


def own_backward(drop: OwnDrop, states: RandomStates, seed: int) -> Optional[
    Tuple[Verdict, float, float]
]:  # fmt: skip
    """The verdict on the gradient, and what values and gradient are multiplied with.

    None where it cannot be told, as where the function does more than to drop.
    """
    output, before = drop.output, drop.before
    if output is None or not before.requires_grad or output.shape != before.shape:
        return None
    told = (before.detach() != 0) & before.detach().isfinite() & output.detach().isfinite()
    if int(told.sum()) < _FEWEST:
        return None
    values = output.detach()[told].float() / before.detach()[told].float()
    generator = torch.Generator().manual_seed(seed)
    direction = torch.rand(output.shape, generator=generator) + 0.5
    direction = direction.to(device=output.device, dtype=output.dtype)
    # A backward pass that draws its mask again must have had the chance to draw the same.
    states.seed(seed)
    (gradient,) = torch.autograd.grad(
        output, before, direction, retain_graph=True, allow_unused=True
    )
    if gradient is None:
        return None
    gradients = gradient.detach()[told].float() / direction[told].float()
    kept = values != 0
    apart = (gradients - values).abs() > _ERROR * values.abs().clamp(min=values.abs().max() / 8)
    factor, scale = _middle(values[kept]), _middle(gradients[gradients != 0])
    if float(apart.float().mean()) <= 0.01:
        return Verdict.RIGHT, factor, scale
    return Verdict.BACKWARD_DIFFERS, factor, 0.0 if _differ(values, gradients) else scale


def _is_hidden() -> bool:
    return not torch.is_grad_enabled() and is_in_own_function()


# Whether the masks are others, and not only the scale.
def _differ(values: Tensor, gradients: Tensor) -> bool:
    return float(((values != 0) != (gradients != 0)).float().mean()) > 0.01


def _middle(values: Tensor) -> float:
    return float(values.median()) if values.numel() else 0.0
