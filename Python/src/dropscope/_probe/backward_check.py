"""Whether gradients pass the gaps of a model by the masks of the forward pass."""

from __future__ import annotations

from typing import Dict, List, Optional

from dropscope._model import Verdict
from dropscope._probe.backward import BackwardShares, GradientObserver, backward_shares
from dropscope._probe.judge import QUIET, dropped, judged
from dropscope._probe.passes import Passes
from dropscope._probe.places import Places
from dropscope._probe.recording import Recorder
from dropscope._probe.tally import Tally
from dropscope._say import Once
from dropscope._signals import stop_if_asked

_FEWEST = 50
_NEAR = 0.005


class BackwardCheck:
    """The verdicts on gradients over the looks."""

    def __init__(self, seed: int) -> None:
        """Empty before the first look."""
        self._seed = seed
        self._once = Once()
        #: By gap; those that say nothing are not in it.
        self.verdicts: Dict[int, Verdict] = {}
        #: What could not be compared, and why.
        self.remarks: List[str] = []

    def check(self, passes: Passes, recorder: Recorder, places: Places) -> None:
        """Compares each gap of one more look."""
        try:
            trained = passes.backward(recorder, training=True)
        except RuntimeError as error:
            # All other passes ran: only what needs a graph is left out.
            if not _is_of_graph(error):
                raise
            self._leave_out(error)
            return
        for index in range(len(recorder.sites) + 1):
            verdict = self._verdict(passes, recorder, places, trained, index)
            if verdict is not None:
                self.verdicts[index] = verdict

    def _verdict(
        self,
        passes: Passes,
        recorder: Recorder,
        places: Places,
        trained: GradientObserver,
        index: int,
    ) -> Optional[Verdict]:
        tally = places.gaps[index]
        if judged(tally) in (Verdict.UNCLEAR, Verdict.UNMEASURED):
            return None
        shares = self._shares(trained, index, passes)
        if shares is None or shares.entries < _FEWEST:
            return None
        is_same = not dropped(tally)
        if is_same and any(cause.verdict not in QUIET for cause in places.causes(index)):
            # What drops here changes the values by less than can be told; it is judged by itself.
            return None
        lost_limit = 0.005 if is_same else max(0.01, 0.5 * (1 - tally.share.value))
        is_suspect = _is_unscaled(tally, shares)
        if shares.lost <= lost_limit and shares.gained <= 0.1 and not is_suspect:
            return None
        # Saturated units have no gradient in either mode: the same values in eval mode tell.
        try:
            tested = passes.backward(recorder, training=False, replaced=trained.outputs)
        except RuntimeError as error:
            if not _is_of_graph(error):
                raise
            self._leave_out(error)
            return None
        base = self._shares(tested, index, passes)
        if base is None:
            return None
        lost, gained = shares.lost - base.lost, shares.gained - base.gained
        if lost <= lost_limit and gained <= 0.1:
            # In eval mode nothing is scaled: a gradient that is 1 there too lacks the scale.
            if is_suspect and base.scale is not None and abs(base.scale - 1) <= _NEAR:
                places.unscaled_gradients.add(index)
                return Verdict.BACKWARD_DIFFERS
            return None
        if is_same and tally.varies:
            return Verdict.UNCLEAR
        return Verdict.BACKWARD_ONLY if is_same else Verdict.BACKWARD_DIFFERS

    # A model whose gradients cannot be asked for one by one may train all the same, as one with
    # reentrant checkpoints does. Then it is said, and everything else is judged.
    def _shares(
        self, observer: GradientObserver, index: int, passes: Passes
    ) -> Optional[BackwardShares]:
        stop_if_asked()
        try:
            return backward_shares(observer, index, passes.states, self._seed)
        except (RuntimeError, NotImplementedError) as error:
            self._leave_out(error)
            return None

    def _leave_out(self, error: Exception) -> None:
        first = str(error).strip().split("\n")[0]
        remark = f"The gradient could not be compared with the forward pass: {first}"
        if remark not in self.remarks:
            self.remarks.append(remark)
            self._once.say(remark, remark)


# Whether values are scaled rightly by dropout, and their gradient by nothing.
def _is_unscaled(tally: Tally, shares: BackwardShares) -> bool:
    if judged(tally) not in (Verdict.RIGHT, Verdict.CHANNELS) or not dropped(tally):
        return False
    factor, scale = tally.factor, shares.scale
    return (
        factor is not None
        and scale is not None
        and abs(factor - 1) > 4 * _NEAR
        and abs(scale - 1) <= _NEAR
    )


# Whether PyTorch refuses to record a graph. Other errors are the model's own.
def _is_of_graph(error: RuntimeError) -> bool:
    said = str(error)
    return any(word in said for word in ("requires_grad", "require grad", "leaf", "autograd"))
