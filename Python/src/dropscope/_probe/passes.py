"""The passes of one look, on a model that works on copies of its attributes."""

from __future__ import annotations

import contextlib
from typing import Any, Callable, Dict, Iterator, List, Mapping, Optional, Sequence, Tuple

import torch
from torch import Tensor, nn

from dropscope._probe.backward import GradientObserver
from dropscope._probe.batch import ProbeBatch
from dropscope._probe.beside import Means, Replacing, Seen, is_norm
from dropscope._probe.droppers import DropperObserver
from dropscope._probe.followed import Calls
from dropscope._probe.functions import Follower
from dropscope._probe.hand_masks import HandMeans, MaskKey
from dropscope._probe.hooks import CallObserver, Hooks, Key
from dropscope._probe.layers import norms_of, sync_norms_of
from dropscope._probe.own_backward import OwnDrops
from dropscope._probe.randomness import RandomStates
from dropscope._probe.recording import Patched, Recorder
from dropscope._probe.shift import VarianceObserver
from dropscope._probe.sums import SumObserver
from dropscope._probe.tensors import mapped
from dropscope._signals import running_model, stop_if_asked

LossFunction = Callable[..., Any]


class Passes:
    """Runs the model in both modes, each pass from a random state of its own."""

    def __init__(
        self,
        model: nn.Module,
        batch: ProbeBatch,
        layers: Mapping[nn.Module, str],
        states: RandomStates,
        seed: int,
    ) -> None:
        """`seed` is of this look alone."""
        self._model = model
        self._batch = batch
        self._layers = layers
        self.states = states
        self._seed = seed
        self._pass = 0
        self._is_plain = False
        # A model in training has the modes that the person chose for each part, frozen ones too.
        self._modes = [(m, m.training) for m in model.modules()] if model.training else None
        self.has_batch_norms = bool(norms_of(model))
        # All passes of a look go by the same statistics, so that what differs is no trace of them.
        for norm in norms_of(model):
            norm.momentum = 0.0

    def _run(
        self,
        training: bool,
        freeze: bool = False,
        change: Optional[Callable[[Any], Any]] = None,
        patched: Optional[Patched] = None,
    ) -> Any:
        stop_if_asked()
        if not training:
            self._model.eval()
        elif self._modes is None:
            self._model.train()
        else:
            for module, mode in self._modes:
                module.training = mode
        norms: Sequence[nn.Module] = sync_norms_of(self._model)
        for norm in norms_of(self._model) if freeze else norms:
            norm.training = False
        self._pass += 1
        self.states.seed((self._seed * 1000 + self._pass) % 2**31)
        if patched is not None:
            # The seed is no draw.
            patched.forget_draws()
        with running_model():
            return self._batch.run(self._model, change)

    def record(self, first: Optional[Recorder], norms: Mapping[nn.Module, str]) -> Tuple[
        Recorder, VarianceObserver, Any
    ]:  # fmt: skip
        """The first pass in eval mode, with the model's output."""
        recorder, variances = Recorder(first), VarianceObserver()
        with Hooks(norms, variances), Hooks(self._layers, recorder):
            output = self._run(training=False)
        recorder.end(output)
        return recorder, variances, output

    def patched(
        self, recorder: Recorder, droppers: Mapping[nn.Module, str], *, training: bool,
        common: Optional[Calls] = None, follow: bool = True,
    ) -> Tuple[Patched, DropperObserver, Calls]:  # fmt: skip
        """A pass in which layers hand on their recorded outputs."""
        patched = Patched(recorder, self.states.fingerprint)
        observer = DropperObserver(lambda: patched.position)
        follower = Follower(
            lambda: patched.position, self.states, common, lambda: patched.is_inside_attention
        )
        context: Any = follower if follow else contextlib.nullcontext()
        with Hooks(self._layers, patched), Hooks(droppers, observer), context:
            output = self._run(training=training, freeze=training, patched=patched)
        patched.end(output)
        return patched, observer, follower.calls

    def replaced(
        self, recorder: Recorder, factors: Mapping[Key, float], *, training: bool,
        is_zero: Callable[[int], bool], kept: bool = False,
        masks: Optional[Mapping[MaskKey, float]] = None,
    ) -> Seen:  # fmt: skip
        """A pass with recorded outputs, in which dropout is replaced by its mean or by zeros.

        If it is `kept`, each value is one that is kept. `masks` are factors in the place of masks
        that are written by hand.
        """
        patched = Patched(recorder, self.states.fingerprint)
        means = Means(lambda: patched.position, is_zero, kept=kept)
        replacing = Replacing(means, patched, factors)
        watched = {module: "" for module in self._model.modules() if is_norm(module)}
        watched.update({module: "" for module, _ in factors})
        by_hand: Any = contextlib.nullcontext()
        if masks:
            by_hand = HandMeans(lambda: patched.position, self.states, masks, patched.forget_draws)
        with Hooks(self._layers, patched), Hooks(watched, replacing), means, by_hand:
            output = self._run(training=training, freeze=training, patched=patched)
        patched.end(output)
        return Seen(patched, replacing.norms)

    def observed(self, recorder: Recorder, observer: CallObserver) -> None:
        """A pass in training mode with recorded outputs, in which `observer` sees the layers."""
        patched = Patched(recorder, self.states.fingerprint)
        # The later hooks are nearer to the layers.
        with Hooks(self._layers, patched), Hooks(self._layers, observer):
            self._run(training=True, freeze=True, patched=patched)

    def alone(self, sums: SumObserver) -> Any:
        """A pass in training mode left alone."""
        with Hooks(self._layers, sums):
            return self._run(training=True)

    def variances(self, norms: Mapping[nn.Module, str], count: int) -> VarianceObserver:
        """Passes in training mode with the norms frozen."""
        observer = VarianceObserver()
        for _ in range(count):
            with Hooks(norms, observer):
                self._run(training=True, freeze=True)
        return observer

    def backward(
        self, recorder: Recorder, *, training: bool, replaced: Optional[Dict[int, Tensor]] = None,
        common: Optional[Calls] = None,
    ) -> GradientObserver:  # fmt: skip
        """A pass with a graph. With the calls of eval mode in `common` drops are followed."""
        if not self._is_plain:
            try:
                return self._with_graph(recorder, training, replaced, common)
            except RuntimeError as error:
                # Parts of inputs may be changed in place where they want no gradient, and a model
                # may ask for one itself, which only a leaf allows.
                if not any(word in str(error) for word in ("inplace", "in-place", "leaf var")):
                    raise
                self._is_plain = True
        return self._with_graph(recorder, training, replaced, common)

    def _with_graph(
        self, recorder: Recorder, training: bool, replaced: Optional[Dict[int, Tensor]],
        common: Optional[Calls],
    ) -> GradientObserver:  # fmt: skip
        leaves: List[Tensor] = []

        def as_leaf(tensor: Tensor) -> Tensor:
            if leaves or not tensor.is_floating_point() or tensor.dim() == 0:
                return tensor
            leaves.append(tensor.detach().requires_grad_())
            return leaves[0].clone()

        observer = GradientObserver(recorder, leaves, replaced, self._is_plain)
        change = None if self._is_plain else lambda batch: mapped(batch, as_leaf)
        follower: Any = contextlib.nullcontext()
        if common is not None:
            follower = OwnDrops(lambda: observer.position, self.states, common)
        with torch.enable_grad(), Hooks(self._layers, observer), follower:
            output = self._run(training, change=change)
        observer.drops = [] if common is None else follower.found()
        if leaves:
            observer.outputs[-1] = leaves[0]
        observer.end(output)
        return observer


@contextlib.contextmanager
def plain_execution() -> Iterator[None]:
    """No compiled graphs, no fused paths that go past hooks, no casts kept from one pass to later.

    A cast that autocast keeps without a graph would cut the training's gradient off.
    """
    fast = torch.backends.mha.get_fastpath_enabled()
    torch.backends.mha.set_fastpath_enabled(False)
    stance = getattr(torch.compiler, "set_stance", None)
    context = stance("force_eager") if stance is not None else contextlib.nullcontext()
    torch.clear_autocast_cache()
    try:
        with torch.inference_mode(False), torch.no_grad(), context:
            yield
    finally:
        torch.clear_autocast_cache()
        torch.backends.mha.set_fastpath_enabled(fast)
