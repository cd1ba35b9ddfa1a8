"""Masks written by hand, replaced by their mean or by what they do to what is kept."""

from __future__ import annotations

from typing import Callable, Dict, FrozenSet, Mapping, Optional, Tuple

from torch import Tensor

from dropscope._model import Severity
from dropscope._probe.functions import Follower
from dropscope._probe.places import Places
from dropscope._probe.randomness import RandomStates
from dropscope._probe.source import person_line

#: The gap, the line, and which of the masks in that gap it is.
MaskKey = Tuple[int, Optional[str], int]


class HandMeans(Follower):
    """Replaces what comes of a hand-written mask by its input, times a number."""

    def __init__(
        self,
        position: Callable[[], int],
        states: RandomStates,
        factors: Mapping[MaskKey, float],
        forget: Callable[[], None],
    ) -> None:
        """`forget` is called when random numbers of a replaced mask are to count as none."""
        super().__init__(position, states)
        self._factors = factors
        self._forget = forget

    def _meet(
        self, activation: Tensor, before: Tensor, after: Tensor, roots: FrozenSet[int]
    ) -> Optional[Tensor]:
        position = self._position()
        number = len(self.calls.meetings.get(position, []))
        factor = self._factors.get((position, person_line(), number))
        super()._meet(activation, before, after, roots)
        if factor is None:
            return None
        self._forget()
        return before * factor


def mask_factors(places: Places, *, kept: bool) -> Dict[MaskKey, float]:
    """The factors that stand in for the masks that are right by themselves.

    Their mean, or what they multiply with what is `kept`.
    """
    found: Dict[MaskKey, float] = {}
    for position, masks in enumerate(places.masks):
        for (source, number), cause in masks.items():
            is_right = cause.scale and cause.verdict.severity is Severity.FINE
            if is_right and cause.tally is not None and cause.tally.factor is not None:
                times = cause.tally.factor if kept else 1.0
                found[(position, source, number)] = times / cause.scale
    return found
