"""The probe batch, and how the model is called with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Callable, Optional

import torch
from torch import Tensor

from dropscope._probe.tensors import cloned, first_activation, mapped, tensors

Call = Callable[[Any, Any], Any]


class ProbeBatch:
    """At most `limit` examples of a batch, as the first axis of its first tensor counts them."""

    def __init__(self, batch: Any, targets: Any, call: Optional[Call], limit: int) -> None:
        """Keeps copies, so that the person may go on with the batch."""
        first = next((tensor for tensor in tensors(batch) if tensor.dim() > 0), None)
        self._whole = cloned(batch)
        self._whole_targets = cloned(targets)
        self._call = call
        self._count = 0 if first is None else first.shape[0]
        self.is_cut = self._count > limit
        self._cut_to(limit if self.is_cut else self._count)

    def _cut_to(self, count: int) -> None:
        def part(tensor: Tensor) -> Tensor:
            counts = tensor.dim() > 0 and tensor.shape[0] == self._count
            return tensor[:count].clone() if counts else tensor

        self.examples = count
        self._batch = mapped(self._whole, part)
        self._targets = mapped(self._whole_targets, part)

    def take_all(self) -> None:
        """Uses the whole batch: for models whose examples cannot be parted, as in graphs."""
        self.is_cut = False
        self._cut_to(self._count)

    @property
    def activation(self) -> Optional[Tensor]:
        """The first tensor of floating numbers of the batch."""
        return first_activation(self._batch)

    def run(self, model: torch.nn.Module, change: Optional[Callable[[Any], Any]] = None) -> Any:
        """Calls the model with a fresh copy, which it may change in place."""
        batch = cloned(self._batch)
        if change is not None:
            batch = change(batch)
        if self._call is not None:
            return self._call(model, batch)
        if isinstance(batch, Mapping):
            return model(**batch)
        if isinstance(batch, (tuple, list)):
            return model(*batch)
        return model(batch)

    def loss(self, loss_fn: Callable[..., Any], output: Any) -> Any:
        """The person's loss of an output."""
        return loss_fn(output, cloned(self._targets))
