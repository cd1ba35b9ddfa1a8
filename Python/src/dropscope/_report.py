"""`check`: looks at a model once, and says what is right and what is wrong with its dropout."""

from __future__ import annotations

import importlib.util
import sys
from typing import Any, Callable, Dict, List, Optional, Sequence, Tuple

from dropscope._arguments import demand_whole
from dropscope._frameworks import refuse_others
from dropscope._model import Finding, Gap, Layer, Severity, Verdict
from dropscope._signals import HeldSignals

#: The remarks of one kind that are printed; the report has all of them.
_REMARKS = 3


class Report:
    """The results of all looks. It is true where nothing is wrong, and prints as a table."""

    def __init__(
        self,
        model: str,
        layers: Sequence[Layer],
        gaps: Sequence[Gap],
        findings: Sequence[Finding],
    ) -> None:
        """`findings` are the worst first."""
        self.model = model
        self.layers: Tuple[Layer, ...] = tuple(layers)
        self.gaps: Tuple[Gap, ...] = tuple(gaps)
        self.findings: Tuple[Finding, ...] = tuple(findings)

    @property
    def ok(self) -> bool:
        """Whether there is no bug. Warnings and remarks are none."""
        return not any(finding.severity is Severity.BUG for finding in self.findings)

    def raise_if_wrong(self) -> None:
        """Raises where something is wrong.

        Raises:
            AssertionError: with the table.
        """
        if not self.ok:
            raise AssertionError(f"\n{self}")

    def __bool__(self) -> bool:
        """`ok`."""
        return self.ok

    def __repr__(self) -> str:
        """One line."""
        bugs = sum(finding.severity is Severity.BUG for finding in self.findings)
        return f"<Report on {self.model}: {len(self.gaps)} gaps, {bugs} wrong>"

    def __str__(self) -> str:
        """A table of the gaps, and what is to be done."""
        return "\n".join([*_table(self), *_summary(self)])


def _table(report: Report) -> List[str]:
    rows: List[Tuple[str, ...]] = [("gap", "verdict", "keep", "factor", "by", "line")]
    quiet = 0
    for gap in report.gaps:
        if gap.verdict in (Verdict.NONE, Verdict.UNMEASURED):
            quiet += gap.verdict is Verdict.NONE
            continue
        keep = "" if gap.keep is None else f"{gap.keep:.4f} ± {gap.keep_error or 0.0:.4f}"
        factor = "" if gap.factor is None else f"{gap.factor:.4g}"
        cells = (gap.where, gap.verdict.words, keep, factor, gap.what or "", gap.source or "")
        rows.append(tuple(_printable(cell) for cell in cells))
    lines = [f"dropscope: {_printable(report.model)}, {counted(len(report.layers), 'layer')}"]
    if len(rows) > 1:
        widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        for row in rows:
            line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths))
            lines.append(f"  {line}".rstrip())
    if quiet:
        which = "in " if len(rows) > 1 else "in all "
        kind = "other gap" if len(rows) > 1 else "gap"
        lines.append(f"  {which if quiet > 1 else 'in '}{counted(quiet, kind)} nothing is dropped.")
    unmeasured = sum(gap.verdict is Verdict.UNMEASURED for gap in report.gaps)
    if unmeasured:
        lines.append(
            f"  {counted(unmeasured, 'gap')} could not be measured: the values there are 0, or not "
            "finite, or there are none."
        )
    return lines


def _summary(report: Report) -> List[str]:
    lines = []
    alike: Dict[Verdict, int] = {}
    for finding in report.findings:
        alike[finding.verdict] = alike.get(finding.verdict, 0) + 1
        if finding.severity is Severity.REMARK and alike[finding.verdict] > _REMARKS:
            continue
        # A finding that belongs to no gap has no row of the table that names its verdict.
        is_named = finding.gap is not None or finding.verdict is Verdict.UNMEASURED
        details = [finding.source or "", "" if is_named else finding.verdict.words]
        told = ", ".join(detail for detail in details if detail)
        place = finding.where + (f" ({told})" if told else "")
        said = f"{finding.severity.value}: {place}: {finding.sentence}"
        lines.append(_printable(said + (f" {finding.cure}" if finding.cure else "")))
    more = alike.get(Verdict.UNCLEAR, 0) - _REMARKS
    if more > 0:
        lines.append(f"remark: {counted(more, 'more gap')} cannot be judged.")
    if report.ok:
        lines.append(_praise(report))
    return lines


def _praise(report: Report) -> str:
    if not report.gaps:
        return "Nothing was judged."
    verdicts = [gap.verdict for gap in report.gaps]
    # A remark on the model tells how it was looked at, and leaves nothing out.
    verdicts += [
        finding.verdict
        for finding in report.findings
        if finding.gap is None and finding.where != "the model"
    ]
    if Verdict.UNMEASURED in verdicts:
        return "No bug was found in what could be measured."
    told = [gap.severity for gap in report.gaps]
    told += [finding.severity for finding in report.findings if finding.gap is None]
    if all(severity in (Severity.FINE, Severity.REMARK) for severity in told) and all(
        gap.severity is Severity.FINE for gap in report.gaps
    ):
        return "All gaps are right."
    return "No bug was found."


def off(why: str) -> Finding:
    """The remark that a probe is off."""
    sentence = f"{why}. What comes after it is not measured."
    return Finding(Severity.REMARK, Verdict.UNMEASURED, None, "the probe", None, sentence, "")


def counted(count: int, what: str) -> str:
    """A number with its noun."""
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


# Names may hold anything; nothing of it may move the cursor of a terminal.
def _printable(text: str) -> str:
    return "".join(
        character if character.isprintable() else f"\\u{{{ord(character):X}}}" for character in text
    )


def check(
    model: Any,
    batch: Any,
    *,
    call: Optional[Callable[[Any, Any], Any]] = None,
    passes: int = 8,
    units: int = 64,
    loss_fn: Optional[Callable[..., Any]] = None,
    targets: Any = None,
    seed: int = 0,
    looks: int = 2,
    max_examples: int = 64,
    quiet: bool = False,
) -> Report:
    """Looks at the dropout of a model, prints a table, and leaves the model as it was.

    In a test: `assert dropscope.check(model, batch).ok`. Where it fails, pytest shows the table as
    captured output; `check(model, batch, quiet=True).raise_if_wrong()` has it in the error itself.

    Args:
        model: any `torch.nn.Module`.
        batch: what the model is called with: a tensor, a tuple or a dictionary.
        call: how the model is called, where that is not `model(batch)`, `model(*batch)` or
            `model(**batch)`: a function of the model and the batch.
        passes: how many passes in training mode a look makes, at least 2.
        units: of how many units of a layer the sums are kept.
        loss_fn: the loss of the output and `targets`. With it the gradient is compared with the
            differences of this loss, and else with differences of a sum of the outputs.
        targets: what `loss_fn` compares the output with.
        seed: where the probe's own random numbers start.
        looks: how many looks are taken. Their counts add up.
        max_examples: how many examples of the batch are used.
        quiet: prints nothing.

    Raises:
        TypeError, ValueError: the model cannot be looked at; the error names the reason.
        ImportError: PyTorch is not installed.
    """
    refuse_others(model)
    if importlib.util.find_spec("torch") is None:
        raise ImportError("dropscope.check looks at models of PyTorch: pip install torch")
    demand_whole("passes", passes, 2)
    demand_whole("units", units, 1)
    demand_whole("looks", looks, 1)
    demand_whole("max_examples", max_examples, 1)
    demand_whole("seed", seed)
    from dropscope._probe import Probe
    from dropscope._probe.gradient import gradient_findings

    probe = Probe(
        model,
        batch,
        call=call,
        passes=passes,
        units=units,
        loss_fn=loss_fn,
        targets=targets,
        seed=seed,
        max_examples=max_examples,
    )
    try:
        for _ in range(looks):
            probe.look()
        with HeldSignals():
            extra = gradient_findings(model, probe.batch, loss_fn, int(seed))
    finally:
        probe.close()
    report = probe.report(extra)
    if not quiet:
        print(report, file=sys.stdout)
    return report
