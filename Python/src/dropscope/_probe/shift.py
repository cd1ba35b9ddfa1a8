"""The variance of what batch norms see, in training against test."""

from __future__ import annotations

import math
from typing import Any, Dict, List, Mapping, Optional

from torch import Tensor, nn

from dropscope._model import Finding, Verdict
from dropscope._probe.hooks import CallObserver, Key
from dropscope._probe.source import person_line
from dropscope._probe.tensors import first_activation

#: Above this quotient of the variances the running statistics fit training, but not the test.
LIMIT = 1.08


class VarianceObserver(CallObserver):
    """The mean variance over the channels of each batch norm's input, pass by pass."""

    def __init__(self) -> None:
        """Empty before the first pass."""
        self.variances: Dict[Key, List[float]] = {}
        self.sources: Dict[Key, Optional[str]] = {}

    def started(self, key: Key, inputs: Any) -> None:
        """Adds one pass."""
        tensor = first_activation(inputs)
        if tensor is not None and tensor.dim() > 1:
            self.variances.setdefault(key, []).append(_variance(tensor))
            self.sources[key] = person_line()


def _variance(tensor: Tensor) -> float:
    channels = tensor.detach().float().transpose(0, 1).flatten(1)
    return float(channels.var(1, unbiased=False).double().mean())


def shift_findings(
    names: Mapping[nn.Module, str], tested: VarianceObserver, trained: VarianceObserver
) -> List[Finding]:
    """Batch norms that see another variance in training than at test: the first, for all."""
    shifted = []
    for key, values in trained.variances.items():
        test = tested.variances.get(key)
        if not test or test[0] <= 0 or len(values) < 2:
            continue
        ratios = [value / test[0] for value in values]
        mean = sum(ratios) / len(ratios)
        spread = math.sqrt(sum((r - mean) ** 2 for r in ratios) / (len(ratios) - 1))
        if mean - 2 * spread / math.sqrt(len(ratios)) > LIMIT:
            shifted.append((key, mean))
    if not shifted:
        return []
    (first, ratio), others = shifted[0], len(shifted) - 1
    more = f" So it is with {others} more behind it." if others else ""
    return [
        Finding(
            Verdict.VARIANCE_SHIFT.severity,
            Verdict.VARIANCE_SHIFT,
            None,
            names[first[0]],
            tested.sources.get(first),
            f"dropout in front makes the variance of its input {ratio:.2f} times that at test, so "
            f"that its running statistics do not fit at test.{more}",
            "Drop behind the last batch norm, or estimate the statistics again without dropout "
            "before the test.",
        )
    ]
