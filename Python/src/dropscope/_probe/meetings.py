"""Adds what masks did over several passes to the counts of their place."""

from __future__ import annotations

from typing import Sequence

from torch import Tensor

from dropscope._probe.followed import MaskMeeting
from dropscope._probe.tally import Other, Tally
from dropscope._probe.tensors import relative_error


def add_meetings(tally: Tally, meetings: Sequence[MaskMeeting], number: float) -> None:
    """Adds the meetings of one mask, a pass each, whose results are divided by `number`."""
    if any(meeting.is_rescaled for meeting in meetings):
        tally.other = tally.other or Other.RESCALED
    values = [meeting.scaled(number) for meeting in meetings]
    before = [meeting.before for meeting in meetings]
    if tally.mean is not None or any(_are_varied(*pair) for pair in zip(values, before)):
        tally.add_varied(values, before)
    else:
        tally.add(values, before)


# Whether what is left of values is multiplied with factors that differ from each other.
def _are_varied(values: Tensor, tests: Tensor) -> bool:
    kept = (values != 0) & (tests != 0) & values.isfinite() & tests.isfinite()
    ratio = values[kept].float() / tests[kept].float()
    if not ratio.numel():
        return False
    limit = max(1e-3, relative_error(values.dtype), relative_error(tests.dtype))
    median = ratio.median()
    return float(((ratio - median).abs() > limit * median.abs()).float().mean()) > 0.05
