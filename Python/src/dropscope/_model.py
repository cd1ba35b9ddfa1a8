"""The results of the probe, as plain values. PyTorch is not needed to read them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Optional, Tuple


class Severity(str, Enum):
    """How bad a verdict is."""

    FINE = "fine"
    REMARK = "remark"
    WARNING = "warning"
    BUG = "bug"

    @property
    def rank(self) -> int:
        """0 for what is fine, 3 for a bug."""
        return list(Severity).index(self)


class Verdict(str, Enum):
    """The words of a recording for what happens in a gap, or in a whole training."""

    NONE = "none"
    RIGHT = "right"
    UNSCALED = "unscaled"
    SCALED_TWICE = "scaled-twice"
    SWAPPED = "swapped"
    WRONG_FACTOR = "wrong-factor"
    EVERYTHING_DROPPED = "everything-dropped"
    ON_AT_TEST = "on-at-test"
    FIXED_MASK = "fixed-mask"
    SHARED_MASK = "shared-mask"
    CHANNELS = "channels"
    BACKWARD_DIFFERS = "backward-differs"
    BACKWARD_ONLY = "backward-only"
    AFTER_OUTPUT = "after-output"
    UNCLEAR = "unclear"
    UNMEASURED = "unmeasured"
    NEVER_EVAL = "never-eval"
    NEVER_TRAIN = "never-train"
    GRADIENT_MISMATCH = "gradient-mismatch"
    VARIANCE_SHIFT = "variance-shift"

    @property
    def words(self) -> str:
        """As a table or a sentence has it; a recording and JSON have the value, with hyphens."""
        return self.value.replace("-", " ")

    @property
    def severity(self) -> Severity:
        """How bad it is."""
        if self in _FINE:
            return Severity.FINE
        if self is Verdict.UNCLEAR:
            return Severity.REMARK
        if self in _WARNINGS:
            return Severity.WARNING
        return Severity.BUG


_FINE = frozenset({Verdict.NONE, Verdict.RIGHT, Verdict.CHANNELS, Verdict.UNMEASURED})
_WARNINGS = frozenset({Verdict.AFTER_OUTPUT, Verdict.NEVER_EVAL, Verdict.VARIANCE_SHIFT})


@dataclass(frozen=True)
class Layer:
    """One call of a layer in a pass, in the order of the calls."""

    name: str
    #: 1 for the first call of the module in a pass, 2 for the second.
    call: int
    kind: str
    #: Channels in and out; None where they are not known.
    inputs: Optional[int]
    units: Optional[int]
    #: The shape of one example's output.
    shape: Tuple[int, ...]
    #: File and line of the call.
    source: Optional[str]
    shown_inputs: Tuple[int, ...]
    shown_units: Tuple[int, ...]

    @property
    def title(self) -> str:
        """The name, with the number of the call where it is not the first."""
        return self.name if self.call == 1 else f"{self.name} (call {self.call})"


@dataclass(frozen=True)
class Gap:
    """The way from the layers before to the input of layer `index`.

    Gap 0 acts on the model's inputs; the last one lies behind the last layer.
    """

    index: int
    where: str
    verdict: Verdict
    #: The share that is kept, with its standard error.
    keep: Optional[float]
    keep_error: Optional[float]
    #: The multiplier of what is kept, relative to the test.
    factor: Optional[float]
    #: The share of what is kept whose multiplier is another one.
    spread: Optional[float]
    #: How many independent draws were counted.
    draws: int
    #: File and line of the call that drops.
    source: Optional[str]
    #: The call or module that drops, such as `nn.Dropout(0.3)`.
    what: Optional[str]
    sentence: str
    cure: str

    @property
    def severity(self) -> Severity:
        """How bad the verdict is."""
        return self.verdict.severity


@dataclass(frozen=True)
class Finding:
    """Something to tell, with its cure."""

    severity: Severity
    verdict: Verdict
    gap: Optional[int]
    where: str
    source: Optional[str]
    sentence: str
    cure: str


@dataclass(frozen=True)
class UnitColumns:
    """The sums of the shown units of a layer, for the watched example."""

    layer: int
    step: Tuple[float, ...]
    train: Tuple[float, ...]
    sd: Tuple[float, ...]
    test: Tuple[float, ...]


@dataclass(frozen=True)
class MaskRow:
    """The last mask of the shown inputs: 1 kept, 0 dropped, ? cannot be told."""

    gap: int
    kept: str


@dataclass(frozen=True)
class CallCounts:
    """The person's own calls of the model."""

    train: int = 0
    backward: int = 0
    eval: int = 0
    eval_with_gradient: int = 0


@dataclass(frozen=True)
class Look:
    """The numbers of one look. Columns have a value for each layer, and gaps one more."""

    divergence: Tuple[Optional[float], ...]
    floor: Tuple[Optional[float], ...]
    ratio: Tuple[Optional[float], ...]
    units: Tuple[UnitColumns, ...]
    masks: Tuple[MaskRow, ...]
    #: None in a look that did not judge.
    gaps: Optional[Tuple[Gap, ...]]
    #: The worst first.
    findings: Tuple[Finding, ...]
    loss_train: Optional[float]
    loss_test: Optional[float]
    seconds: float
