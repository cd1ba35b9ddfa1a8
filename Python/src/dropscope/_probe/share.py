"""The share of draws that are kept, with an error that allows for draws that hang together."""

from __future__ import annotations

import math
from typing import List

from torch import Tensor


class Clusters:
    """Counts of draws that may hang together inside of a cluster, and do not between clusters."""

    def __init__(self) -> None:
        """Empty."""
        self.count = 0.0
        self._draws_squared = 0.0
        self._mixed = 0.0
        self._kept_squared = 0.0

    def add(self, kept: Tensor, draws: Tensor) -> None:
        """Adds clusters."""
        self.count += float((draws > 0).sum())
        self._draws_squared += float((draws * draws).sum())
        self._mixed += float((draws * kept).sum())
        self._kept_squared += float((kept * kept).sum())

    def observed(self, keep: float) -> float:
        """The sum over clusters of the squares of what is kept less its expectation."""
        squares = self._kept_squared - 2 * keep * self._mixed + keep * keep * self._draws_squared
        return max(squares, 0.0)

    def inflation(self, keep: float, binomial: float) -> float:
        """The observed variance over that of independent draws, where it is clearly above 1."""
        if self.count < 4 or binomial <= 0:
            return 1.0
        ratio = self.observed(keep) / binomial
        return ratio if ratio > 1 + 4 * math.sqrt(2 / self.count) else 1.0


class Share:
    """How many independent draws were kept."""

    def __init__(self) -> None:
        """Empty."""
        self.kept = 0.0
        self.draws = 0.0
        #: By examples: blocks of an image. By passes: words that several examples share.
        self._clusters: List[Clusters] = [Clusters(), Clusters()]

    def add(self, kept: Tensor, draws: Tensor) -> None:
        """Adds counts by passes (the first axis) and examples."""
        self.kept += float(kept.sum())
        self.draws += float(draws.sum())
        self._clusters[0].add(kept.reshape(-1), draws.reshape(-1))
        passes = draws.shape[0]
        self._clusters[1].add(kept.reshape(passes, -1).sum(1), draws.reshape(passes, -1).sum(1))

    @property
    def value(self) -> float:
        """The share that is kept."""
        return self.kept / self.draws if self.draws else 1.0

    @property
    def inflation(self) -> float:
        """The factor of the variance of the share over that of independent draws; at least 1.

        Above 1 where draws hang together in a way that no axis shows.
        """
        keep = self.value
        binomial = keep * (1 - keep) * self.draws
        return max(clusters.inflation(keep, binomial) for clusters in self._clusters)
