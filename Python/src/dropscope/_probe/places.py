"""All places of a model that may drop, with their counts over the looks."""

from __future__ import annotations

import math
from typing import Dict, Iterator, List, Mapping, Optional, Sequence, Set, Tuple

from torch import nn

from dropscope._model import Severity, Verdict
from dropscope._probe.beside import Beside
from dropscope._probe.cause import Cause
from dropscope._probe.droppers import (
    DropperObserver,
    described,
    is_on_at_test,
    is_trusted,
    multipliers,
    zeros_differ,
)
from dropscope._probe.followed import Calls, DropoutCall, is_replaced, numbered, only_at_test
from dropscope._probe.hooks import Key
from dropscope._probe.judge import QUIET, judged
from dropscope._probe.meetings import add_meetings
from dropscope._probe.others import OtherInputs
from dropscope._probe.recording import Patched, Recorder, output_of, tests_of
from dropscope._probe.tally import Other, Tally
from dropscope._probe.tensors import are_apart


class Places:
    """The counts of gaps, and of the modules, calls and masks inside of them."""

    def __init__(
        self,
        recorder: Recorder,
        droppers: Mapping[nn.Module, str],
        *,
        time_first: bool,
        on_inputs: bool,
    ) -> None:
        """Empty before the first look. `on_inputs`: gap 0 takes the batch's own values."""
        self._time_first = time_first
        self._on_inputs = on_inputs
        count = len(recorder.sites) + 1
        self.gaps = [self._gap_tally(recorder, index) for index in range(count)]
        self.modules: List[Dict[Key, Cause]] = [{} for _ in range(count)]
        #: By function, line, and the number of the call on this line.
        self.calls: List[Dict[Tuple[str, Optional[str], int], Cause]] = [{} for _ in range(count)]
        self.masks: List[Dict[Tuple[Optional[str], int], Cause]] = [{} for _ in range(count)]
        #: A layer's own result in training, given the recorded input: what it does inside.
        self.own: List[Optional[Cause]] = [None] * count
        self._others = OtherInputs()
        self.is_on_at_test = [False] * count
        self.is_blank = [False] * count
        self.is_noisy_at_test = [False] * count
        self.twins = [site.twin for site in recorder.sites] + [None]
        #: Whether the values differ between passes in eval mode, by however little.
        self._differs_at_test = [False] * count
        #: From this gap on zeros move at test because something is sampled.
        self._sampled_from = count
        #: Other factors of what dropout keeps, where the gap itself does not tell.
        self.beside: List[Optional[Beside]] = [None] * count
        #: By gap: what the layer behind it multiplies with in training over that at test, and
        #: whether what it adds is the same in both modes.
        self.folds: Dict[int, Tuple[float, bool]] = {}
        #: Gaps in which a function that is not linear follows a dropout that is right.
        self.bent: Set[int] = set()
        #: The factors of the gradient in gaps whose values are scaled rightly.
        self.gradient_scales: Dict[int, float] = {}
        #: A function of one's own: its factors of values and of the gradient, and its line; a scale
        #: of 0 is a gradient with another mask.
        self.own_gradients: Dict[int, Tuple[float, float, Optional[str]]] = {}
        self._names = droppers

    def _gap_tally(self, recorder: Recorder, index: int) -> Tally:
        examples = 1 if self._time_first else 0
        if index == len(recorder.sites):
            return Tally(examples_axis=examples)
        module = recorder.sites[index].key[0]
        channel = 1 if hasattr(module, "kernel_size") else -1
        return Tally(
            examples_axis=0 if channel == 1 else examples,
            channel_axis=channel,
            on_inputs=self._on_inputs and index == 0,
        )

    def _tally(self, position: int, channel: int = -1) -> Tally:
        return Tally(
            examples_axis=1 if self._time_first else 0,
            channel_axis=channel,
            on_inputs=self._on_inputs and position == 0,
        )

    def add_test(self, recorder: Recorder, again: Patched, calls: Calls) -> None:
        """Compares two passes in eval mode."""
        self._sampled_from = min([self._sampled_from, *calls.samples])
        for index, test in enumerate(tests_of(recorder)):
            other = again.inputs[index]
            if test is None or other is None or test.shape != other.shape:
                continue
            self._differs_at_test[index] |= not test.equal(other)
            if index < self._sampled_from and zeros_differ(test, other):
                self.is_on_at_test[index] = True
            elif are_apart(test, other):
                self.is_noisy_at_test[index] = True
        for index, own in again.own.items():
            recorded = output_of(recorder, index)
            self._differs_at_test[index + 1] = True
            if recorded is not None and zeros_differ(recorded, own):
                self.is_on_at_test[index + 1] = True

    def add_training(self, recorder: Recorder, passes: Sequence[Patched]) -> None:
        """Adds training passes with recorded outputs."""
        tests = tests_of(recorder)
        # A batch without examples has no values anywhere.
        is_empty = all(test is None for test in tests)
        for index, test in enumerate(tests):
            self.is_blank[index] = is_empty
            if test is None:
                continue
            # Without a number nothing was measured, whatever is called there.
            self.is_blank[index] = not bool(test.isfinite().any())
            given = [one.inputs[index] for one in passes]
            same = [value for value in given if value is not None and value.shape == test.shape]
            # Without random numbers a multiplier is the same for ever, however few passes are.
            self.gaps[index].is_random |= any(index in one.drew for one in passes)
            if same:
                self.gaps[index].add(same, [test] * len(same))
        self._others.add(recorder, passes, self._tally)
        for index in sorted({index for one in passes for index in one.own}):
            own = [one.own[index] for one in passes if index in one.own]
            if (recorded := output_of(recorder, index)) is None:
                continue
            module = recorder.sites[index].key[0]
            cause = self.own[index + 1]
            if cause is None:
                tally = self._tally(index + 1, 1 if hasattr(module, "kernel_size") else -1)
                what = f"{type(module).__name__} itself"
                cause = self.own[index + 1] = Cause(what, recorder.sites[index].source, tally)
            if cause.tally is not None:
                cause.tally.add(own, [recorded] * len(own))

    def add_modules(
        self,
        tested: DropperObserver,
        again: DropperObserver,
        trained: Sequence[DropperObserver],
    ) -> None:
        """Adds modules without weights: two passes at test, and those in training."""
        for key, test in tested.calls.items():
            module = key[0]
            calls = [one.calls[key] for one in trained if key in one.calls]
            position = calls[-1].position if calls else test.position
            causes = self.modules[position]
            if is_trusted(module):
                cause = causes.setdefault(key, Cause(described(module), test.source, None))
                p = getattr(module, "p", 0.0)
                cause.p = p if p > 0 else None
            else:
                channel = 1 if test.after.dim() > 3 else -1
                cause = causes.setdefault(
                    key, Cause(described(module), test.source, self._tally(position, channel))
                )
                pairs = [multipliers(call, test) for call in calls]
                told = [pair for pair in pairs if pair is not None]
                if told and cause.tally is not None and told[0][1].is_floating_point():
                    shape = told[0][0].shape
                    told = [pair for pair in told if pair[0].shape == shape]
                    cause.tally.add(
                        [pair[0] for pair in told], [pair[1] for pair in told], told[0][2]
                    )
            is_sampled = test.position >= self._sampled_from
            if not is_sampled and key in again.calls and is_on_at_test(test, again.calls[key]):
                cause.is_on_at_test = True

    def add_calls(self, tested: Calls, trained: Sequence[Calls]) -> None:
        """Adds calls of functions and hand-written masks."""
        for position, calls in tested.dropouts.items():
            for call, cause in self._called(position, calls):
                if call.training and call.p > 0 and any(self._differs_at_test[position:]):
                    cause.is_on_at_test = True
        for position, calls in trained[-1].dropouts.items():
            for call, cause in self._called(position, calls):
                cause.p = call.p if call.training and call.p > 0 else None
        for position, meetings in tested.meetings.items():
            for number, meeting in enumerate(meetings):
                alone = self._tally(position)
                alone.add([meeting.after], [meeting.before])
                if not alone.is_same and alone.spread <= 0.05 and alone.share.value < 1:
                    self._mask(position, meeting.source, number).is_on_at_test = True
        self._add_meetings(tested, trained)

    def _add_meetings(self, tested: Calls, trained: Sequence[Calls]) -> None:
        for position in sorted({p for one in trained for p in one.meetings}):
            rows = [one.meetings.get(position, []) for one in trained]
            fills = [one.fills.get(position, []) for one in trained]
            count = min(len(row) for row in rows)
            scales = only_at_test(position, tested, trained[-1])
            # With several factors and several masks nobody knows which belongs to which.
            is_clear = len(scales) < 2 or count == 1
            for number in range(count):
                meetings = [row[number] for row in rows]
                first = meetings[0]
                if any(m.after.shape != first.after.shape for m in meetings):
                    continue
                cause = self._mask(position, first.source, number)
                if cause.tally is None:
                    continue
                if is_replaced(number, rows, fills):
                    cause.tally.other = Other.REPLACED
                # A factor in front of the mask may belong to it or not: then nothing is judged.
                if is_clear and not first.is_scaled_before:
                    cause.scale = first.number / math.prod(scales)
                    add_meetings(cause.tally, meetings, math.prod(scales))

    def _called(
        self, position: int, calls: Sequence[DropoutCall]
    ) -> Iterator[Tuple[DropoutCall, Cause]]:
        for call, number in numbered(calls):
            cause = Cause(f"F.{call.name}(p={call.p:g})", call.source, None)
            key = (call.name, call.source, number)
            yield call, self.calls[position].setdefault(key, cause)

    def _mask(self, position: int, source: Optional[str], number: int) -> Cause:
        cause = Cause("a mask of random numbers", source, self._tally(position))
        return self.masks[position].setdefault((source, number), cause)

    def leans_on_causes(self, index: int) -> bool:
        """Whether a gap does not tell by itself, and its dropout is right by itself."""
        return judged(self.gaps[index]) is Verdict.UNCLEAR and self.has_right_causes(index)

    def has_right_causes(self, index: int) -> bool:
        """Whether something drops in a gap, and all that does is right by itself."""
        told = {cause.verdict for cause in self.causes(index)}.difference(QUIET)
        return bool(told) and all(verdict.severity is Severity.FINE for verdict in told)

    def unjudged_inputs(self, index: int) -> List[Cause]:
        """Other inputs of the layer behind a gap that nothing is said of, where the first is same.

        Random numbers change them.
        """
        return self._others.unjudged(index) if self.gaps[index].is_same else []

    def causes(self, index: int) -> List[Cause]:
        """Everything in a gap that drops or may drop, the most exact measurement first."""
        own = self.own[index]
        found = [
            *self.modules[index].values(),
            *self.calls[index].values(),
            *self.masks[index].values(),
            *([] if own is None else [own]),
        ]
        # The first input of a layer is judged by its gap.
        if not self.gaps[index].is_same or any(cause.verdict not in QUIET for cause in found):
            return found
        return [*found, *self._others.causes(index)]
