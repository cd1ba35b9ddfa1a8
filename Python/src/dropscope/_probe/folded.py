"""Scales of a dropout that act behind its gap: in the next layer, or on what comes out of it.

Classic dropout may multiply by what it keeps at test anywhere before the next nonlinear function.
Then the gap alone looks unscaled, and is not.
"""

from __future__ import annotations

import math
from typing import Any, Dict, List, Optional, Set, Tuple

import torch
from torch import Tensor, nn

from dropscope._model import Verdict
from dropscope._probe.hooks import CallObserver, Key
from dropscope._probe.judge import FACTORS, dropped, is_rejected, judged
from dropscope._probe.passes import Passes
from dropscope._probe.places import Places
from dropscope._probe.recording import Recorder
from dropscope._probe.tally import Tally
from dropscope._probe.tensors import first_activation, mapped, relative_error
from dropscope._probe.words import percent

_NEAR = 1e-3


class Fold:
    """The factor of a layer's input: in training, over that at test."""

    def __init__(self, factor: float, keeps_offset: bool) -> None:
        """`keeps_offset`: what it adds, as a bias, is the same in both modes."""
        self.factor = factor
        self.keeps_offset = keeps_offset


class FoldObserver(CallObserver):
    """Calls layers again on what they were given, in both modes."""

    def __init__(self, recorder: Recorder, asked: Set[int]) -> None:
        """`asked` are the layers' numbers."""
        self._recorder = recorder
        self._asked = asked
        self._given: Dict[Key, Any] = {}
        self.folds: Dict[int, Fold] = {}

    def started(self, key: Key, inputs: Any) -> None:
        """Copies what the layer is given, which it may change."""
        site = self._recorder.by_key.get(key)
        if site is not None and site.index in self._asked:
            self._given[key] = mapped(inputs, lambda tensor: tensor.detach().clone())

    def finished(self, key: Key, inputs: Any, output: Any) -> Any:
        """Compares the modes; the output stays."""
        given = self._given.pop(key, None)
        # The parts of a layer of parts have hooks and modes of their own.
        if given is not None and next(key[0].children(), None) is None:
            try:
                fold = _fold(key[0], given)
            except Exception:
                # A layer may refuse zeros, or a second call: then the gap is judged alone.
                fold = None
            if fold is not None:
                self.folds[self._recorder.by_key[key].index] = fold
        return None


def _fold(module: nn.Module, given: Any) -> Optional[Fold]:
    first = first_activation(given)
    nothing = mapped(given, lambda t: torch.zeros_like(t) if t is first else t)
    found: List[Tensor] = []
    mode = module.training
    try:
        for training in (True, False):
            module.training = training
            for inputs in (given, nothing):
                args, named = mapped(inputs, lambda tensor: tensor.clone())
                result = first_activation(module.forward(*args, **named))
                if result is None:
                    return None
                found.append(result.detach().double())
    finally:
        module.training = mode
    trained, trained_offset, tested, tested_offset = found
    if first is None or trained.shape != tested.shape:
        return None
    tolerance = max(_NEAR, relative_error(first.dtype))
    response, base = trained - trained_offset, tested - tested_offset
    square = float((base * base).sum())
    if not 0 < square < math.inf:
        return None
    factor = float((response * base).sum()) / square
    rest = float((response - factor * base).abs().max())
    if not factor > 0 or not rest <= tolerance * float(response.abs().max()):
        return None
    if abs(factor - 1) <= tolerance:
        return None
    apart = float((trained_offset - tested_offset).abs().max())
    return Fold(factor, apart <= tolerance * max(float(tested.abs().max()), 1e-30))


def check_folds(passes: Passes, recorder: Recorder, places: Places) -> None:
    """Looks at the layers behind gaps whose own factor is wrong."""
    asked = {
        index
        for index in range(len(recorder.sites))
        if dropped(places.gaps[index]) and judged(places.gaps[index]) in FACTORS
    }
    places.folds = {}
    if asked:
        observer = FoldObserver(recorder, asked)
        passes.observed(recorder, observer)
        places.folds = {index: (f.factor, f.keeps_offset) for index, f in observer.folds.items()}


def folded(places: Places, index: int) -> Optional[Tuple[Verdict, str, str]]:
    """Verdict, sentence and cure of a gap whose scale is made up for behind it."""
    tally = places.gaps[index]
    if judged(tally) not in FACTORS:
        return None
    if _own(places, index) is not None:
        return _own(places, index)
    for first in range(len(places.gaps)):
        last = _counterpart(places, first)
        if last is not None and index in (first, last):
            return (
                Verdict.UNCLEAR,
                _said(places.gaps[first], places.gaps[last], index == first),
                ("Nothing, if that factor is the dropout's, and no bias lies between them."),
            )
    return None


def _own(places: Places, index: int) -> Optional[Tuple[Verdict, str, str]]:
    factor, keeps_offset = places.folds.get(index, (1.0, True))
    tally = places.gaps[index]
    if factor == 1 or not dropped(tally) or not _is_made_up(tally, factor):
        return None
    kept = percent(tally.share.value)
    said = f"keep {kept}, and the next layer multiplies by {1 / factor:.3g} at test"
    if keeps_offset:
        verdict = Verdict.CHANNELS if tally.has_channels else Verdict.RIGHT
        return verdict, f"{said}: the mean in training is the value at test.", ""
    return (
        Verdict.UNCLEAR,
        f"{said}, its bias too: up to the bias the mean in training is the value at test. This is "
        "not judged.",
        "Multiply the weights alone, and leave the bias.",
    )


# The gap behind, in which nothing is dropped and a factor makes up for what this one lacks.
def _counterpart(places: Places, index: int) -> Optional[int]:
    tally = places.gaps[index]
    if not dropped(tally) or judged(tally) not in FACTORS or _own(places, index) is not None:
        return None
    for behind in range(index + 1, len(places.gaps)):
        other = places.gaps[behind]
        if judged(other) not in FACTORS:
            continue
        is_plain = other.factor is not None and other.share.value == 1 and not other.is_random
        return behind if is_plain and _is_made_up(tally, other.factor or 1.0) else None
    return None


def _is_made_up(tally: Tally, factor: float) -> bool:
    return tally.factor is not None and not is_rejected(tally, 1 / (tally.factor * factor))


def _said(dropping: Tally, scaling: Tally, is_first: bool) -> str:
    kept, times = percent(dropping.share.value), f"{1 / (scaling.factor or 1.0):.3g}"
    if is_first:
        return (
            f"keep {kept}, what is kept is multiplied by {dropping.factor:.3g}, and values behind "
            f"by {times} at test alone, which makes up for it: this is not judged."
        )
    return (
        f"nothing is dropped, but values are multiplied by {times} at test alone, which makes up "
        f"for a dropout before that keeps {kept}: this is not judged."
    )
