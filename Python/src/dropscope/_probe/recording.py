"""The first pass of a look: each layer's input and output in eval mode."""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Optional, Set

from torch import Tensor, nn

from dropscope._probe.hooks import CallObserver, Key
from dropscope._probe.layers import channel_axis
from dropscope._probe.source import person_line
from dropscope._probe.tensors import cloned, first_activation, image_axis, tensors, thinned


class Site:
    """One call of a layer: what went in and came out."""

    def __init__(self, index: int, key: Key, source: Optional[str]) -> None:
        """The values come when the call is over."""
        self.index = index
        self.key = key
        self.source = source
        self.input: Optional[Tensor] = None
        self.output: Any = None
        #: Other inputs: the state of a cell is no part of its first input.
        self.others: List[Tensor] = []
        #: The layer before whose input was the very same tensor.
        self.twin: Optional[int] = None


class Recorder(CallObserver):
    """Keeps copies of what goes in and comes out, in the order of the calls."""

    def __init__(self, first: Optional[Recorder] = None) -> None:
        """Empty before the pass.

        `first` is the one of the first look, whose layers keep their numbers: others that a model
        of experts may call later on are left alone.
        """
        self._is_first = first is None
        self.sites: List[Site] = []
        if first is not None:
            self.sites = [Site(site.index, site.key, site.source) for site in first.sites]
        self.by_key: Dict[Key, Site] = {site.key: site for site in self.sites}
        self.final: Optional[Tensor] = None
        self._seen: List[Any] = []

    def started(self, key: Key, inputs: Any) -> None:
        """Copies the input at once: the layer may change it."""
        site = self._site(key)
        if site is None:
            return
        tensor = first_activation(inputs)
        if tensor is not None:
            site.input = _kept(tensor, channel_axis(key[0], tensor.dim()))
            site.others = _others(key, inputs)
            for index, other, version in self._seen:
                if other is tensor and version == tensor._version:
                    site.twin = index
                    break
            else:
                # Held until the end of the pass, so that no other tensor takes its place.
                self._seen.append((site.index, tensor, tensor._version))

    def _site(self, key: Key) -> Optional[Site]:
        if not self._is_first:
            return self.by_key.get(key)
        site = Site(len(self.sites), key, person_line())
        self.sites.append(site)
        self.by_key[key] = site
        return site

    def finished(self, key: Key, inputs: Any, output: Any) -> Any:
        """Copies the output."""
        if key in self.by_key:
            self.by_key[key].output = cloned(output)
        return None

    def end(self, output: Any) -> None:
        """Copies the model's output, and lets go of what was only held for comparison."""
        tensor = first_activation(output)
        self.final = None if tensor is None else _kept(tensor, image_axis(tensor))
        self._seen = []


class Patched(CallObserver):
    """Hands each layer's recorded output on, so that no gap sees what the ones before did."""

    def __init__(self, recorder: Recorder, fingerprint: Callable[[], int]) -> None:
        """`inputs` has the input of each site that was reached; the last one is the output.

        `fingerprint` changes where random numbers are drawn.
        """
        self._recorder = recorder
        self._fingerprint = fingerprint
        self._before = fingerprint()
        #: Gaps, and layers with them, in which random numbers were drawn.
        self.drew: Set[int] = set()
        #: Gaps in which they were drawn outside of the layers.
        self.drew_between: Set[int] = set()
        self.inputs: List[Optional[Tensor]] = [None] * (len(recorder.sites) + 1)
        #: Own outputs of layers whose input was as recorded, where they are not as recorded.
        self.own: Dict[int, Tensor] = {}
        #: The other inputs of each site that was reached.
        self.others: Dict[int, List[Tensor]] = {}
        #: The gap that the pass is in.
        self.position = 0
        #: Whether a layer of attention runs, whose dropout is its own.
        self.is_inside_attention = False

    def started(self, key: Key, inputs: Any) -> None:
        """Copies the input."""
        site = self._recorder.by_key.get(key)
        if site is None:
            return
        if self._note(site.index):
            self.drew_between.add(site.index)
        self.position = site.index
        self.is_inside_attention = isinstance(key[0], nn.MultiheadAttention)
        tensor = first_activation(inputs)
        if tensor is not None:
            self.inputs[site.index] = _kept(tensor, channel_axis(key[0], tensor.dim()))
            self.others[site.index] = _others(key, inputs)

    def _note(self, gap: int) -> bool:
        now = self._fingerprint()
        if now == self._before:
            return False
        self._before = now
        self.drew.update((gap, self.position))
        return True

    def forget_draws(self) -> None:
        """Random numbers drawn since the last layer count as none."""
        self._before = self._fingerprint()

    def finished(self, key: Key, inputs: Any, output: Any) -> Any:
        """Hands on a copy of the recorded output."""
        site = self._recorder.by_key.get(key)
        if site is None:
            return None
        self._note(site.index + 1)
        self.position = site.index + 1
        self.is_inside_attention = False
        own, recorded = first_activation(output), first_activation(site.output)
        seen = self.inputs[site.index]
        if (
            own is not None
            and recorded is not None
            and seen is not None
            and site.input is not None
            and own.shape == recorded.shape
            and seen.shape == site.input.shape
            and seen.equal(site.input)
            and _are_equal(self.others.get(site.index, []), site.others)
            and not own.equal(recorded)
        ):
            self.own[site.index] = _kept(own, channel_axis(key[0], own.dim()))
        return cloned(site.output)

    def end(self, output: Any) -> None:
        """Copies the model's output."""
        if self._note(len(self.inputs) - 1):
            self.drew_between.add(len(self.inputs) - 1)
        tensor = first_activation(output)
        if tensor is not None:
            self.inputs[-1] = _kept(tensor, image_axis(tensor))


def tests_of(recorder: Recorder) -> List[Optional[Tensor]]:
    """The inputs of all layers at test, and the model's output."""
    return [*[site.input for site in recorder.sites], recorder.final]


def output_of(recorder: Recorder, index: int) -> Optional[Tensor]:
    """The recorded output of a layer, thinned as what it is compared with."""
    site = recorder.sites[index]
    output = first_activation(site.output)
    return None if output is None else thinned(output, channel_axis(site.key[0], output.dim()))


def takes_inputs(recorder: Recorder, batch: Optional[Tensor]) -> bool:
    """Whether what goes into the first layer is as large as the batch itself."""
    if not recorder.sites or batch is None:
        return False
    site = recorder.sites[0]
    if site.input is None:
        return False
    axis = channel_axis(site.key[0], batch.dim())
    return thinned(batch, axis).numel() == site.input.numel()


def _others(key: Key, inputs: Any) -> List[Tensor]:
    others = [tensor for tensor in tensors(inputs) if tensor.is_floating_point()][1:]
    return [_kept(tensor, channel_axis(key[0], tensor.dim())) for tensor in others]


def _are_equal(some: List[Tensor], others: List[Tensor]) -> bool:
    return len(some) == len(others) and all(a.equal(b) for a, b in zip(some, others))


def _kept(tensor: Tensor, axis: int) -> Tensor:
    return thinned(tensor.detach(), axis).clone()
