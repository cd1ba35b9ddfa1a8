"""One look after the other at a model, which stays as it was."""

from __future__ import annotations

import time
from typing import Any, Callable, Dict, List, Optional, Sequence, Tuple

import torch
from torch import nn

from dropscope._model import (
    CallCounts,
    Finding,
    Gap,
    Layer,
    Look,
    Severity,
    Verdict,
)
from dropscope._probe.backward_check import BackwardCheck
from dropscope._probe.batch import ProbeBatch
from dropscope._probe.beside_check import check_beside
from dropscope._probe.calls import CallCounter
from dropscope._probe.folded import check_folds
from dropscope._probe.inner import left_on, trusted
from dropscope._probe.judge import dropped
from dropscope._probe.keeping import KeptParameters, Undisturbed
from dropscope._probe.layers import batch_norms_of, droppers_of, has_time_first, layers_of
from dropscope._probe.masks import mask_rows
from dropscope._probe.passes import Passes, plain_execution
from dropscope._probe.places import Places
from dropscope._probe.randomness import RandomStates
from dropscope._probe.recording import Patched, Recorder, takes_inputs
from dropscope._probe.shapes import layer_of
from dropscope._probe.shift import VarianceObserver, shift_findings
from dropscope._probe.sums import SumObserver
from dropscope._probe.unwrap import unwrapped
from dropscope._probe.verdicts import findings_of, gaps_of
from dropscope._report import Report
from dropscope._signals import HeldSignals


class Probe:
    """Looks at a model with a batch. Counts add up over looks."""

    def __init__(
        self,
        model: nn.Module,
        batch: Any,
        *,
        call: Optional[Callable[[Any, Any], Any]] = None,
        passes: int = 4,
        units: int = 64,
        loss_fn: Optional[Callable[..., Any]] = None,
        targets: Any = None,
        seed: int = 0,
        max_examples: int = 32,
    ) -> None:
        """Copies the batch; the model is not called before the first look.

        Raises:
            TypeError: the model is none of `torch.nn`, or takes no hooks.
            ValueError: its weights are not there.
        """
        self._model, self._remarks = unwrapped(model)
        self._batch = ProbeBatch(batch, targets, call, max_examples)
        self._passes = max(passes, 2)
        self._units = units
        self._loss_fn = loss_fn
        self._seed = int(seed)
        self._modules = layers_of(self._model)
        self._droppers = droppers_of(self._model, self._modules)
        self._norms = batch_norms_of(self._model)
        self._parameters = KeptParameters(self._model)
        self._counter = CallCounter(model)
        self._first: Optional[Recorder] = None
        self._places: Optional[Places] = None
        self._backward = BackwardCheck(self._seed)
        self._shifts: List[Finding] = []
        self._looks = 0
        self.layers: Tuple[Layer, ...] = ()
        self.gaps: Tuple[Gap, ...] = ()
        self.findings: Tuple[Finding, ...] = ()
        self.model_name = type(self._model).__name__

    @property
    def examples(self) -> int:
        """How many examples the probe batch has."""
        return self._batch.examples

    @property
    def batch(self) -> ProbeBatch:
        """The probe batch itself."""
        return self._batch

    def report(self, extra: Sequence[Finding] = ()) -> Report:
        """The report on all looks so far, with findings from elsewhere."""
        found = [*self.findings, *extra]
        found.sort(key=lambda finding: -finding.severity.rank)
        return Report(self.model_name, self.layers, self.gaps, found)

    @property
    def calls(self) -> CallCounts:
        """The person's own calls so far."""
        return self._counter.counts

    def count_calls(self, on: bool) -> None:
        """Counts the person's own calls from now on, or no more."""
        if on:
            self._counter.start()
        else:
            self._counter.stop()

    def close(self) -> None:
        """Takes everything off the model."""
        self._counter.stop()

    def look(self, *, places: bool = True) -> Look:
        """Runs the model in both modes and leaves it as it was, also when it raises.

        Without `places` only sums and masks are measured, and nothing is judged again.
        """
        start = time.perf_counter()
        with HeldSignals():
            states = RandomStates(self._model)
            self._counter.is_paused = True
            try:
                self._parameters.keep()
                with plain_execution(), Undisturbed(self._model):
                    look = self._look(states, places or self._places is None)
            finally:
                try:
                    self._parameters.restore()
                finally:
                    states.restore()
                    self._counter.is_paused = False
                    self._counter.resume()
            return Look(**look, seconds=time.perf_counter() - start)

    def _look(self, states: RandomStates, judge: bool) -> Dict[str, Any]:
        # Counted at once: the masks of a look that is interrupted must not come again.
        self._looks += 1
        seed = self._seed * 7919 + self._looks - 1
        passes = Passes(self._model, self._batch, self._modules, states, seed)
        recorder, variances, output = self._recorded(passes)
        if self._places is None:
            self._start(recorder)
        loss_test = self._loss(output)
        places = self._places
        assert places is not None
        if judge:
            last = self._judge(passes, recorder, variances, places)
        else:
            last, _, _ = passes.patched(recorder, {}, training=True, follow=False)
        sums = SumObserver(recorder)
        losses = []
        for _ in range(self._passes):
            losses.append(self._loss(passes.alone(sums)))
        shown = [layer.shown_units for layer in self.layers]
        divergence, floor, ratio, units = sums.columns(shown)
        if judge:
            self.gaps = gaps_of(places, self.layers, self._backward.verdicts)
        found = [*findings_of(self.gaps, places), *self._shifts, *left_on(self._model)]
        found += [*trusted(self._model), *self._counter.findings(self._drops())]
        found += [
            Finding(Severity.REMARK, Verdict.UNMEASURED, None, place, None, remark, "")
            for place, remarks in (
                ("the model", self._remarks),
                ("the gradient", self._backward.remarks),
            )
            for remark in remarks
        ]
        self.findings = tuple(sorted(found, key=lambda finding: -finding.severity.rank))
        told = [loss for loss in losses if loss is not None]
        return {
            "divergence": tuple(divergence),
            "floor": tuple(floor),
            "ratio": tuple(ratio),
            "units": tuple(units),
            "masks": tuple(mask_rows(self.layers, places, recorder, last)),
            "gaps": self.gaps if judge else None,
            "findings": self.findings,
            "loss_train": sum(told) / len(told) if told else None,
            "loss_test": loss_test,
        }

    def _recorded(self, passes: Passes) -> Tuple[Recorder, VarianceObserver, Any]:
        try:
            return passes.record(self._first, self._norms)
        except Exception:
            if not self._batch.is_cut or self._first is not None:
                raise
        # Examples may hang together, as the nodes of a graph do.
        self._batch.take_all()
        return passes.record(self._first, self._norms)

    def _start(self, recorder: Recorder) -> None:
        self._first = recorder
        self.layers = tuple(layer_of(site, self._modules, self._units) for site in recorder.sites)
        self._places = Places(
            recorder,
            self._droppers,
            time_first=has_time_first(self._model),
            on_inputs=takes_inputs(recorder, self._batch.activation),
        )

    def _judge(
        self, passes: Passes, recorder: Recorder, variances: VarianceObserver, places: Places
    ) -> Patched:
        again, modules, calls = passes.patched(recorder, self._droppers, training=False)
        # Modules need two passes at test of their own, both with recorded outputs.
        other, tested, others = passes.patched(recorder, self._droppers, training=False)
        places.add_test(recorder, again, calls)
        places.add_test(recorder, other, others)
        rows = [
            passes.patched(recorder, self._droppers, training=True, common=calls)
            for _ in range(self._passes)
        ]
        places.add_training(recorder, [row[0] for row in rows])
        places.add_modules(modules, tested, [row[1] for row in rows])
        places.add_calls(calls, [row[2] for row in rows])
        check_beside(passes, recorder, places, modules)
        check_folds(passes, recorder, places)
        self._backward.check(passes, recorder, places, calls)
        if self._norms and self._drops():
            trained = passes.variances(self._norms, self._passes)
            self._shifts = shift_findings(self._norms, variances, trained)
        return rows[-1][0]

    def _drops(self) -> bool:
        places = self._places
        if places is None:
            return False
        causes = [cause for index in range(len(places.gaps)) for cause in places.causes(index)]
        return any(dropped(tally) for tally in places.gaps) or any(
            cause.verdict not in (Verdict.NONE, Verdict.UNMEASURED) for cause in causes
        )

    def _loss(self, output: Any) -> Optional[float]:
        if self._loss_fn is None:
            return None
        loss = self._batch.loss(self._loss_fn, output)
        return float(loss.detach() if isinstance(loss, torch.Tensor) else loss)
