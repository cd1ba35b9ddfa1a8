"""All places of a model that may drop, with their counts over the looks."""

from __future__ import annotations

from typing import Dict, List, Mapping, Optional, Sequence, Tuple

from torch import Tensor, nn

from dropscope._model import Verdict
from dropscope._probe.droppers import (
    DropperObserver,
    described,
    is_on_at_test,
    is_trusted,
    multipliers,
    zeros_differ,
)
from dropscope._probe.functions import Calls, DropoutCall
from dropscope._probe.hooks import Key
from dropscope._probe.judge import judged
from dropscope._probe.layers import channel_axis
from dropscope._probe.recording import Patched, Recorder
from dropscope._probe.tally import Tally
from dropscope._probe.tensors import first_activation, thinned


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

    @property
    def verdict(self) -> Verdict:
        """The verdict on it alone."""
        if self.is_on_at_test:
            return Verdict.ON_AT_TEST
        if self.tally is None:
            return Verdict.RIGHT if self.p else Verdict.NONE
        return judged(self.tally)


class Places:
    """The counts of gaps, and of the modules, calls and masks inside of them."""

    def __init__(
        self, recorder: Recorder, droppers: Mapping[nn.Module, str], time_first: bool
    ) -> None:
        """Empty before the first look."""
        count = len(recorder.sites) + 1
        self.gaps = [self._gap_tally(recorder, index, time_first) for index in range(count)]
        self.modules: List[Dict[Key, Cause]] = [{} for _ in range(count)]
        self.calls: List[Dict[Tuple[str, Optional[str]], Cause]] = [{} for _ in range(count)]
        self.masks: List[Dict[Tuple[Optional[str], int], Cause]] = [{} for _ in range(count)]
        #: What a layer does inside: its own result in training, given the recorded input.
        self.own: List[Optional[Cause]] = [None] * count
        self.is_on_at_test = [False] * count
        self.is_noisy_at_test = [False] * count
        self.twins = [site.twin for site in recorder.sites] + [None]
        self._names = droppers
        self._time_first = time_first

    def _gap_tally(self, recorder: Recorder, index: int, time_first: bool) -> Tally:
        examples = 1 if time_first else 0
        if index == len(recorder.sites):
            return Tally(examples_axis=examples)
        module = recorder.sites[index].key[0]
        channel = 1 if hasattr(module, "kernel_size") else -1
        return Tally(examples_axis=0 if channel == 1 else examples, channel_axis=channel)

    def _tally(self, channel: int = -1) -> Tally:
        return Tally(examples_axis=1 if self._time_first else 0, channel_axis=channel)

    def add_test(self, recorder: Recorder, again: Patched) -> None:
        """Compares two passes in eval mode."""
        for index, test in enumerate(tests_of(recorder)):
            other = again.inputs[index]
            if test is None or other is None or test.shape != other.shape:
                continue
            if zeros_differ(test, other):
                self.is_on_at_test[index] = True
            elif _are_apart(test, other):
                self.is_noisy_at_test[index] = True
        for index, own in again.own.items():
            recorded = output_of(recorder, index)
            if recorded is not None and zeros_differ(recorded, own):
                self.is_on_at_test[index + 1] = True

    def add_training(self, recorder: Recorder, passes: Sequence[Patched]) -> None:
        """Adds training passes with recorded outputs."""
        for index, test in enumerate(tests_of(recorder)):
            values = [one.inputs[index] for one in passes]
            if test is None:
                continue
            same = [v for v in values if v is not None and v.shape == test.shape]
            self._note_randomness(index, passes)
            if same:
                self.gaps[index].add(same, [test] * len(same))
        for index in sorted({index for one in passes for index in one.own}):
            recorded = output_of(recorder, index)
            own = [one.own[index] for one in passes if index in one.own]
            if recorded is None:
                continue
            module = recorder.sites[index].key[0]
            cause = self.own[index + 1]
            if cause is None:
                tally = self._tally(1 if hasattr(module, "kernel_size") else -1)
                what = f"{type(module).__name__} itself"
                cause = self.own[index + 1] = Cause(what, recorder.sites[index].source, tally)
            if cause.tally is not None:
                cause.tally.add(own, [recorded] * len(own))

    # Without random numbers a multiplier is the same for ever, however few passes there are.
    def _note_randomness(self, index: int, passes: Sequence[Patched]) -> None:
        if any(index in one.drew for one in passes):
            self.gaps[index].is_random = True

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
                    key, Cause(described(module), test.source, self._tally(channel))
                )
                pairs = [multipliers(call, test) for call in calls]
                told = [pair for pair in pairs if pair is not None]
                if told and cause.tally is not None and told[0][1].is_floating_point():
                    shape = told[0][0].shape
                    told = [pair for pair in told if pair[0].shape == shape]
                    cause.tally.add(
                        [pair[0] for pair in told], [pair[1] for pair in told], told[0][2]
                    )
            if key in again.calls and is_on_at_test(test, again.calls[key]):
                cause.is_on_at_test = True

    def add_calls(self, tested: Calls, trained: Sequence[Calls]) -> None:
        """Adds calls of functions and hand-written masks."""
        for position, calls in tested.dropouts.items():
            for call in calls:
                if call.training and call.p > 0:
                    self._call(position, call).is_on_at_test = True
        for position, calls in trained[-1].dropouts.items():
            for call in calls:
                self._call(position, call).p = call.p if call.training and call.p > 0 else None
        for position, meetings in tested.meetings.items():
            for number, meeting in enumerate(meetings):
                alone = self._tally()
                alone.add([meeting.after], [meeting.before])
                if not alone.is_same and alone.spread <= 0.05 and alone.share.value < 1:
                    self._mask(position, meeting.source, number).is_on_at_test = True
        self._add_meetings(tested, trained)

    def _add_meetings(self, tested: Calls, trained: Sequence[Calls]) -> None:
        for position in sorted({p for one in trained for p in one.meetings}):
            rows = [one.meetings.get(position, []) for one in trained]
            classic = _only_at_test(position, tested, trained[-1])
            for number in range(min(len(row) for row in rows)):
                meetings = [row[number] for row in rows]
                first = meetings[0]
                if any(m.after.shape != first.after.shape for m in meetings):
                    continue
                cause = self._mask(position, first.source, number)
                # A factor in front of the mask may belong to it or not: then nothing is said.
                if cause.tally is not None and not first.is_scaled_before:
                    cause.tally.add(
                        [m.after for m in meetings],
                        [m.before for m in meetings],
                        first.later / classic,
                    )

    def _call(self, position: int, call: DropoutCall) -> Cause:
        name = call.name if call.name.startswith("scaled_dot") else f"{call.name}"
        what = f"F.{name}(p={call.p:g})"
        key = (call.name, call.source)
        return self.calls[position].setdefault(key, Cause(what, call.source, None))

    def _mask(self, position: int, source: Optional[str], number: int) -> Cause:
        cause = Cause("a mask of random numbers", source, self._tally())
        return self.masks[position].setdefault((source, number), cause)

    def causes(self, index: int) -> List[Cause]:
        """Everything in a gap that drops or may drop, the most exact measurement first."""
        own = self.own[index]
        return [
            *self.modules[index].values(),
            *self.calls[index].values(),
            *self.masks[index].values(),
            *([] if own is None else [own]),
        ]


def tests_of(recorder: Recorder) -> List[Optional[Tensor]]:
    """The inputs of all layers at test, and the model's output."""
    return [*[site.input for site in recorder.sites], recorder.final]


def output_of(recorder: Recorder, index: int) -> Optional[Tensor]:
    """The recorded output of a layer, thinned as what it is compared with."""
    site = recorder.sites[index]
    output = first_activation(site.output)
    return None if output is None else thinned(output, channel_axis(site.key[0], output.dim()))


def _are_apart(first: Tensor, second: Tensor) -> bool:
    first, second = first.float(), second.float()
    finite = first.isfinite() & second.isfinite()
    size = float(first[finite].abs().max()) if bool(finite.any()) else 0.0
    return bool(((first - second).abs()[finite] > 1e-2 * size).any())


# Multiplications that only eval mode has: a dropout that scales at test.
def _only_at_test(position: int, tested: Calls, trained: Calls) -> float:
    factor = 1.0
    for place, count in tested.scales.items():
        if place[0] == position and place not in trained.scales:
            factor *= place[2] ** count
    return factor
