"""Which calls in training mode a backward pass came through, and which stay without."""

from __future__ import annotations

from typing import List, Set

#: This number of calls in a row without a backward pass is a validation, and no part of a step.
_BLOCK = 8
#: From this number of steps on, a shorter block is one too.
_STEPS, _SHORT_BLOCK = 8, 2
#: Calls longer ago than this are not waited for.
_WINDOW = 4096


class StepCounter:
    """Numbers the calls, and takes a call off the list when a backward pass came through it.

    A network that makes examples for another one is called without a backward pass too, but
    between any two steps of its own. A validation follows on many steps.
    """

    def __init__(self) -> None:
        """Empty before the first call."""
        self._count = 0
        self._last_back = 0
        self._open: Set[int] = set()

    def called(self) -> int:
        """Counts a call and gives its number."""
        self._count += 1
        self._open.add(self._count)
        self._open.discard(self._count - _WINDOW)
        return self._count

    def went_back(self, number: int) -> None:
        """A backward pass came through the call of this number."""
        self._open.discard(number)
        self._last_back = max(self._last_back, number)

    @property
    def without_backward(self) -> int:
        """How many calls in the longest block that looks like a validation."""
        longest, end = 0, max(0, self._count - _WINDOW)
        for block in self._blocks():
            steps = block[0] - 1 - end
            if len(block) >= _BLOCK or (len(block) >= _SHORT_BLOCK and steps >= _STEPS):
                longest = max(longest, len(block))
            end = block[-1]
        return longest

    # Calls after the last backward pass may still get theirs.
    def _blocks(self) -> List[List[int]]:
        blocks: List[List[int]] = []
        for number in sorted(n for n in self._open if n < self._last_back):
            if blocks and blocks[-1][-1] == number - 1:
                blocks[-1].append(number)
            else:
                blocks.append([number])
        return blocks
