"""The lines of a recording as text: docs/recording.md says what they mean."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any, Dict, List, Mapping, Optional, Sequence, Tuple

if TYPE_CHECKING:
    from dropscope._model import Finding, Gap, Layer, Look

#: How many bytes one look may take, with the newline at its end.
LOOK_LIMIT = 64 * 1024

# The most bytes of a look that are findings; the worst ones are kept.
_FINDINGS_LIMIT = 12 * 1024


class LookTooLargeError(Exception):
    """The model has too many layers: one number for each does not fit into a look."""


def number(value: Optional[float], digits: int = 4) -> str:
    """A number with some significant digits; one that is not finite stands as a string."""
    if value is None:
        return "null"
    if math.isfinite(value):
        return f"{value:.{digits}g}"
    return '"NaN"' if math.isnan(value) else '"Infinity"' if value > 0 else '"-Infinity"'


def column(values: Sequence[Optional[float]], digits: int = 4) -> str:
    """The numbers as a list."""
    return "[" + ",".join([number(value, digits) for value in values]) + "]"


def text(value: object) -> str:
    """Anything else as JSON."""
    # ASCII alone, so that half of a pair of surrogates in a file's name is no error.
    return json.dumps(value, separators=(",", ":"))


def members(pairs: Mapping[str, str]) -> str:
    """An object whose values are JSON already."""
    return "{" + ",".join([f'"{key}":{value}' for key, value in pairs.items()]) + "}"


def shown_places(layers: Sequence[Layer]) -> List[Tuple[List[int], List[int]]]:
    """For each layer the positions, in its shown inputs and shown units, that a look has room for.

    The room is divided by the longest number there can be, so that a look with such a choice always
    fits, however many layers there are. Where it is too little for every layer, some layers evenly
    spread show units, and the others none.
    """
    # A layer's numbers and verdict; the names of its columns; one input with one unit.
    always, entry, each = 3 * 11 + 16 + 4 * 11, 90, 1 + 4 * 11
    room = LOOK_LIMIT - _FINDINGS_LIMIT - 600 - (len(layers) + 1) * always
    at_least = 4
    count = max(0, min(len(layers), room // (entry + at_least * each)))
    share = (room // count - entry) // each if count else 0
    chosen = {index * len(layers) // count for index in range(count)} if count else set()
    return [
        (
            _spread(len(layer.shown_inputs), share if index in chosen else 0),
            _spread(len(layer.shown_units), share if index in chosen else 0),
        )
        for index, layer in enumerate(layers)
    ]


def _spread(length: int, count: int) -> List[int]:
    if length <= count:
        return list(range(length))
    return [index * length // count for index in range(count)]


def header_line(
    layers: Sequence[Layer], places: Sequence[Tuple[List[int], List[int]]], about: Dict[str, Any]
) -> bytes:
    """The first line: what was recorded, and the model as a list of layers."""
    rows: List[Dict[str, Any]] = []
    for layer, (inputs, units) in zip(layers, places):
        rows.append(
            {
                "name": layer.name,
                "call": layer.call,
                "kind": layer.kind,
                "inputs": layer.inputs,
                "units": layer.units,
                "shape": list(layer.shape),
                "source": layer.source,
                "gap": len(rows),
                "shown inputs": [layer.shown_inputs[place] for place in inputs],
                "shown units": [layer.shown_units[place] for place in units],
            }
        )
    return (text({"recording": 1, **about, "layers": rows}) + "\n").encode()


def end_line(about: Dict[str, Any]) -> bytes:
    """The last line."""
    return (text({"end": "closed", **about}) + "\n").encode()


class LookLine:
    """One look as a line that keeps to the limit."""

    def __init__(
        self,
        look: Look,
        numbers: Dict[str, str],
        calls: Mapping[str, int],
        places: Sequence[Tuple[List[int], List[int]]],
        gaps: Optional[Sequence[Gap]],
        findings: Optional[Sequence[Finding]],
    ) -> None:
        """`numbers` are the look's own, as JSON; `gaps` and `findings` are None where unchanged."""
        self._look = look
        self._numbers = numbers
        self._calls = calls
        self._places = places
        self._gaps = gaps
        self._findings = findings

    def encoded(self) -> bytes:
        """The line with its newline.

        Raises:
            LookTooLargeError: the numbers of the layers alone are too long, even with few digits.
        """
        for digits in (4, 2):
            line = self._with_digits(digits)
            if line is not None:
                return line
        raise LookTooLargeError

    def _with_digits(self, digits: int) -> Optional[bytes]:
        look = self._look
        parts = dict(self._numbers)
        parts["layers"] = members(
            {
                "divergence": column(look.divergence, digits),
                "floor": column(look.floor, digits),
                "ratio": column(look.ratio, digits),
            }
        )
        if self._gaps is not None:
            parts["gaps"] = members(
                {
                    "verdict": text([gap.verdict.value for gap in self._gaps]),
                    "keep": column([gap.keep for gap in self._gaps], digits),
                    "error": column([gap.keep_error for gap in self._gaps], digits),
                    "factor": column([gap.factor for gap in self._gaps], digits),
                    "draws": text([gap.draws for gap in self._gaps]),
                }
            )
        parts["calls"] = text(dict(self._calls))
        # The rest may be left out in part; its keys and brackets are counted here.
        room = LOOK_LIMIT - len(members(parts)) - len(',"findings":[],"masks":[],"units":[]') - 1
        if room < 0:
            return None
        taken = 0
        if self._findings is not None:
            rows = _fitting_findings(self._findings, min(room, _FINDINGS_LIMIT))
            taken = sum(len(row) + 1 for row in rows)
            parts["findings"] = "[" + ",".join(rows) + "]"
        if self._gaps is not None:
            # Lines have the room that findings leave, so that masks and units keep theirs.
            lines = ',"source":' + text([gap.source for gap in self._gaps])
            if len(lines) <= min(room, _FINDINGS_LIMIT) - taken:
                parts["gaps"] = parts["gaps"][:-1] + lines + "}"
                taken += len(lines)
        room -= taken
        masks = self._masks()
        units = self._units(digits)
        parts["masks"], room = _fitting(masks, room)
        parts["units"], room = _fitting(units, room)
        return (members(parts) + "\n").encode()

    def _units(self, digits: int) -> List[str]:
        rows = []
        for columns in self._look.units:
            places = self._places[columns.layer][1]
            if not places:
                continue
            row = {"layer": str(columns.layer)}
            for name in ("step", "train", "sd", "test"):
                values = getattr(columns, name)
                row[name] = column([values[place] for place in places], digits)
            rows.append(members(row))
        return rows

    def _masks(self) -> List[str]:
        rows = []
        for mask in self._look.masks:
            # The gap behind the last layer has no layer whose inputs are shown.
            if mask.gap < len(self._places):
                kept = "".join([mask.kept[place] for place in self._places[mask.gap][0]])
                if kept:
                    rows.append(members({"gap": str(mask.gap), "kept": text(kept)}))
        return rows


def _fitting(rows: Sequence[str], room: int) -> Tuple[str, int]:
    fitting = []
    for row in rows:
        if len(row) + 1 <= room:
            room -= len(row) + 1
            fitting.append(row)
    return "[" + ",".join(fitting) + "]", room


# The worst findings come first. Where there are too many, the last one says how many are left out.
def _fitting_findings(findings: Sequence[Finding], room: int) -> List[str]:
    rows = [
        text(
            {
                "severity": finding.severity.value,
                "verdict": finding.verdict.value,
                "gap": finding.gap,
                "where": finding.where,
                "source": finding.source,
                "sentence": finding.sentence,
                "cure": finding.cure,
            }
        )
        for finding in findings
    ]
    if sum(len(row) + 1 for row in rows) <= room:
        return rows
    fitting: List[str] = []
    room -= 300
    while len(fitting) < len(rows) and len(rows[len(fitting)]) + 1 <= room:
        room -= len(rows[len(fitting)]) + 1
        fitting.append(rows[len(fitting)])
    left_out = len(rows) - len(fitting)
    remark = {
        "severity": "remark",
        "verdict": "unmeasured",
        "gap": None,
        "where": "the recording",
        "source": None,
        "sentence": f"{left_out} more findings have no room in the recording.",
        "cure": "Print the report of this watch: scope.report().",
    }
    # Without room for the remark itself there is none for findings at all.
    return [*fitting, text(remark)] if room >= 0 else []
