"""The interface of each peer to the driver."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from peers.task import Layer, Task


class Peer(Protocol):
    """One framework in the middle of training one task."""

    # Training advances by whole multiples of this many steps.
    chunk: int

    def __init__(self, task: Task) -> None:
        """Starts at the task's own weights."""

    def run(self, steps: int) -> None:
        """Takes steps, a multiple of `chunk`, and returns when their weights are there."""

    def layers(self) -> list[Layer]:
        """A copy of the parameters."""


class EpochOrder:
    """The examples of consecutive minibatches, shuffled anew in each epoch."""

    def __init__(self, task: Task, seed: int = 7) -> None:
        self._random = np.random.default_rng(seed)
        self._order = np.arange(len(task.labels))
        self._batch = task.batch
        self._position = len(self._order)

    def next(self) -> np.ndarray:
        """The indices of the next minibatch's examples."""
        if self._position >= len(self._order):
            self._random.shuffle(self._order)
            self._position = 0
        first = self._position
        self._position += self._batch
        return self._order[first : self._position]
