"""A cause of dropout inside of a gap: a module, a call, or a mask in the source."""

from __future__ import annotations

from typing import Optional

from dropscope._model import Verdict
from dropscope._probe.judge import judged
from dropscope._probe.tally import Tally


class Cause:
    """Something inside a gap that drops, judged by itself."""

    def __init__(self, what: str, source: Optional[str], tally: Optional[Tally]) -> None:
        """Without counts it is trusted by its arguments."""
        self.what = what
        self.source = source
        self.tally = tally
        if tally is not None:
            # Where it draws cannot be told apart from the rest of the gap.
            tally.is_random = True
        self.is_on_at_test = False
        self.p: Optional[float] = None
        #: The later factor of a mask written by hand, in training over at test.
        self.scale = 0.0

    @property
    def verdict(self) -> Verdict:
        """The verdict on it alone."""
        if self.is_on_at_test:
            return Verdict.ON_AT_TEST
        if self.tally is None:
            if self.p is not None and self.p >= 1:
                return Verdict.EVERYTHING_DROPPED
            return Verdict.RIGHT if self.p else Verdict.NONE
        return judged(self.tally)
