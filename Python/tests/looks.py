"""Layers and looks made by hand, and a probe that hands them out."""

from __future__ import annotations

from types import SimpleNamespace

from dropscope._model import Finding, Gap, Layer, Look, MaskRow, Severity, UnitColumns, Verdict
from dropscope._report import Report

#: A number as long as one of four digits can be.
LONGEST = -1.2345678e-305


def layers(count, units=64, name="layer"):
    return tuple(
        Layer(
            name=f"{name}{index}",
            call=1,
            kind="Linear",
            inputs=units * 8,
            units=units * 8,
            shape=(units * 8,),
            source=f"train.py:{index}",
            shown_inputs=tuple(range(0, units * 8, 8)),
            shown_units=tuple(range(0, units * 8, 8)),
        )
        for index in range(count)
    )


def gap(index, verdict=Verdict.RIGHT, value=0.5):
    return Gap(
        index=index,
        where=f"in front of layer{index}",
        verdict=verdict,
        keep=value,
        keep_error=value,
        factor=value,
        spread=value,
        draws=123456789,
        source=None,
        what=None,
        sentence="a sentence",
        cure="",
    )


def finding(index, sentence="keep 0.70, nothing is scaled."):
    return Finding(
        severity=Severity.BUG,
        verdict=Verdict.UNSCALED,
        gap=index,
        where=f"in front of layer{index}",
        source="train.py:3",
        sentence=sentence,
        cure="Divide by 0.70.",
    )


def look(count, units=64, value=0.25, gaps=True, findings=(), verdict=Verdict.RIGHT):
    column = (value,) * units
    return Look(
        divergence=(value,) * count,
        floor=(value,) * count,
        ratio=(value,) * count,
        units=tuple(UnitColumns(index, column, column, column, column) for index in range(count)),
        masks=tuple(MaskRow(index, "1" * units) for index in range(count)),
        gaps=tuple(gap(index, verdict, value) for index in range(count + 1)) if gaps else None,
        findings=tuple(findings),
        loss_train=value,
        loss_test=value,
        seconds=0.001,
    )


CALLS = {"train": 1, "backward": 1, "eval": 0, "eval with gradient": 0}


class HandMadeProbe:
    """Hands out looks; `fail` is raised in a look of that number."""

    def __init__(self, count=2, fail=None, on_look=lambda: None):
        self.layers = layers(count)
        self.calls = SimpleNamespace(train=1, backward=1, eval=0, eval_with_gradient=0)
        self.places = []
        self.fail = fail or {}
        self.is_closed = False
        self._count = count
        self._on_look = on_look

    def look(self, *, places):
        self._on_look()
        self.places.append(places)
        if len(self.places) in self.fail:
            raise self.fail[len(self.places)]
        return look(self._count, gaps=places)

    def report(self, extra=()):
        return Report("Net", self.layers, [gap(0)], extra)

    def close(self):
        self.is_closed = True
