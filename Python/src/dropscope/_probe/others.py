"""Inputs of layers beside the first: the state of a cell, the keys and values of attention."""

from __future__ import annotations

from typing import Callable, Dict, List, Sequence, Tuple

from dropscope._model import Verdict
from dropscope._probe.cause import Cause
from dropscope._probe.recording import Patched, Recorder
from dropscope._probe.tally import Tally


class OtherInputs:
    """The verdicts on them, by the gap in front of their layer and by their number."""

    def __init__(self) -> None:
        """Empty before the first look."""
        self._causes: Dict[Tuple[int, int], Cause] = {}

    def add(
        self, recorder: Recorder, passes: Sequence[Patched], tally: Callable[[int], Tally]
    ) -> None:
        """Adds training passes; `tally` makes the counts of a new place in a gap."""
        for site in recorder.sites:
            rows = [one.others.get(site.index, []) for one in passes]
            for number, test in enumerate(site.others):
                values = [row[number] for row in rows if len(row) > number]
                same = [value for value in values if value.shape == test.shape]
                if not same:
                    continue
                key = (site.index, number)
                if key not in self._causes:
                    what = f"what goes into {type(site.key[0]).__name__} as input {number + 2}"
                    self._causes[key] = Cause(what, site.source, tally(site.index))
                counts = self._causes[key].tally
                if counts is not None:
                    counts.is_random = any(site.index in one.drew for one in passes)
                    counts.add(same, [test] * len(same))

    def unjudged(self, gap: int) -> List[Cause]:
        """The causes of one gap that random numbers change in a way that is not judged."""
        return [
            cause
            for cause in self.causes(gap)
            if cause.verdict is Verdict.UNCLEAR and cause.tally is not None
            if cause.tally.is_random and cause.tally.varies
        ]

    def causes(self, gap: int) -> List[Cause]:
        """The causes of one gap."""
        return [cause for (index, _), cause in self._causes.items() if index == gap]
