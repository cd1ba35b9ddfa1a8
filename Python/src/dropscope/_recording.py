"""A recording: the lines that a training leaves behind for `dropscope view`."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any, Dict, List, Mapping, Optional, Sequence, Tuple, Union

from dropscope._lines import (
    LookLine,
    LookTooLargeError,
    end_line,
    header_line,
    number,
    shown_places,
)
from dropscope._places import open_place
from dropscope._say import Once
from dropscope._writer import LineWriter

if TYPE_CHECKING:
    from dropscope._model import Finding, Gap, Layer, Look

#: How many bytes a file may take.
FILE_LIMIT = 64 * 2**20

# So much of a file is kept for the line at its end.
_END_RESERVE = 1024


def is_wanted(look: int, size: int, limit: int) -> bool:
    """Whether a look is written into a file that has this size already.

    Up to half of the limit each look is, up to three quarters each fourth, up to seven eighths each
    sixteenth, and so on. So half of what is left always has room for as many looks as there were
    before, and a file of the usual size for more than any training takes.
    """
    left = limit - size
    stride = 1
    while 0 < left <= limit // 2:
        stride *= 4
        left *= 2
    return left > 0 and look % stride == 0


class Recording:
    """Turns looks into lines, within the limits, and hands them to the writer."""

    def __init__(
        self,
        path: Union[str, os.PathLike[str], None],
        model: str,
        *,
        file_limit: int = FILE_LIMIT,
    ) -> None:
        """Opens the place.

        Raises:
            OSError: it cannot be written to.
        """
        self._once = Once()
        place = open_place(path, model, time.time())
        self.path = place.path
        self.is_default = place.is_default
        self._is_file = place.is_file
        self._writer = LineWriter(place, self._once)
        self._limit = file_limit
        self._size = 0
        self._places: Optional[List[Tuple[List[int], List[int]]]] = None
        # The verdicts and findings of the last written line, and the verdicts that hold now.
        self._gaps: Optional[Sequence[Gap]] = None
        self._latest_gaps: Optional[Sequence[Gap]] = None
        self._findings: Optional[Sequence[Finding]] = None
        self._looks = 0

    @property
    def is_over(self) -> bool:
        """Whether nothing more will be written."""
        return self._writer.is_over

    def write_header(self, layers: Sequence[Layer], about: Dict[str, Any]) -> None:
        """Writes the first line; `about` holds all but the layers."""
        self._places = shown_places(layers)
        line = header_line(layers, self._places, about)
        self._size += len(line)
        self._writer.put(line)

    def write_look(
        self,
        look: Look,
        *,
        index: int,
        step: int,
        seconds: float,
        spent: float,
        batch_loss: Optional[float],
        calls: Mapping[str, int],
    ) -> None:
        """Writes a look, if there is room for it.

        Verdicts and findings are written where they differ from those in the last line, so that a
        look that is left out takes none with it.
        """
        assert self._places is not None, "the header comes first"
        if look.gaps is not None:
            self._latest_gaps = look.gaps
        if self._is_file and not is_wanted(index, self._size, self._limit):
            return
        if self._writer.has_lost():
            self._gaps = self._findings = None
        gaps = self._latest_gaps if self._latest_gaps != self._gaps else None
        findings = look.findings if look.findings != self._findings else None
        numbers = {
            "look": str(index),
            "step": str(step),
            "seconds": number(seconds, 7),
            "spent": number(spent, 7),
            "loss": "{"
            + f'"batch":{number(batch_loss, 7)},"train":{number(look.loss_train, 7)},'
            + f'"test":{number(look.loss_test, 7)}'
            + "}",
        }
        try:
            line = LookLine(look, numbers, calls, self._places, gaps, findings).encoded()
        except LookTooLargeError:
            self._once.say(
                "large",
                f"{len(self._places)} layers are too many for a recording: no look is recorded. "
                "scope.report() tells of all of them.",
            )
            return
        if self._put(line):
            self._looks += 1
            self._gaps = self._latest_gaps
            self._findings = look.findings

    def close(
        self, *, step: int, seconds: float, why: Optional[str] = None, patience: float = 2
    ) -> None:
        """Writes the last line, and waits for the writer, but no longer than `patience` seconds."""
        about: Dict[str, Any] = {"step": step, "looks": self._looks, "seconds": round(seconds, 3)}
        if why is not None:
            about["why"] = why[:500]
        self._writer.close(end_line(about) if self._places is not None else None, patience)

    def _put(self, line: bytes) -> bool:
        if self._is_file and self._size + len(line) + _END_RESERVE > self._limit:
            return False
        if not self._writer.put(line):
            return False
        self._size += len(line)
        return True
