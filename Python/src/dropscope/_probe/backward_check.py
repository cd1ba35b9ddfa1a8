"""Whether gradients pass the gaps of a model by the masks of the forward pass."""

from __future__ import annotations

from typing import Dict, List, Optional

from torch import Tensor

from dropscope._model import Verdict
from dropscope._probe.backward import BackwardShares, GradientObserver, backward_shares, is_reached
from dropscope._probe.followed import Calls
from dropscope._probe.judge import QUIET, dropped, judged
from dropscope._probe.own_backward import OwnDrop, own_backward
from dropscope._probe.passes import Passes
from dropscope._probe.places import Places
from dropscope._probe.recording import Recorder
from dropscope._probe.tally import Tally
from dropscope._say import Once
from dropscope._signals import stop_if_asked

_FEWEST = 50
_NEAR = 0.005
#: Values that are called the same differ by a hundredth of this.
_REACH = 0.01


class BackwardCheck:
    """The verdicts on gradients over the looks."""

    def __init__(self, seed: int) -> None:
        """Empty before the first look."""
        self._seed = seed
        self._once = Once()
        #: By gap; those that say nothing are not in it.
        self.verdicts: Dict[int, Verdict] = {}
        #: Comparisons that were not possible, and why.
        self.remarks: List[str] = []

    def check(
        self, passes: Passes, recorder: Recorder, places: Places, common: Optional[Calls] = None
    ) -> None:
        """Compares each gap of one more look; `common` are the calls of eval mode."""
        trained = self._pass(passes, recorder, None, common)
        if trained is None:
            return
        look = _Look(passes, recorder, places, trained)
        for index in range(len(recorder.sites) + 1):
            verdict = self._verdict(look, index)
            if verdict is not None:
                self.verdicts[index] = verdict
        for drop in trained.drops:
            self._check_own(look, drop)

    # Whatever follows in the gap: the function alone is asked.
    def _check_own(self, look: _Look, drop: OwnDrop) -> None:
        places = look.places
        if judged(places.gaps[drop.gap]) is Verdict.UNMEASURED:
            return
        try:
            told = own_backward(drop, look.passes.states, self._seed)
        except (RuntimeError, NotImplementedError) as error:
            self._leave_out(error)
            return
        if told is None:
            shares = self._shares(look.trained, drop.gap, look.passes)
            if shares is None or shares.scale is None:
                where = f" ({drop.source})" if drop.source is not None else ""
                self._remark(
                    f"The gradient of a function of one's own that drops{where} was not judged: it "
                    "does more than to drop, or its input has no gradient."
                )
            return
        verdict, factor, scale = told
        if verdict is Verdict.RIGHT or drop.gap in self.verdicts:
            return
        self.verdicts[drop.gap] = verdict
        places.own_gradients[drop.gap] = (factor, scale, drop.source)

    # Dropout that moves no value acts on another path, or on the gradient alone.
    def _check_unseen(self, look: _Look, index: int) -> None:
        places = look.places
        loud = [cause for cause in places.causes(index) if cause.verdict not in QUIET]
        if not loud or dropped(places.gaps[index]):
            return
        try:
            is_on_the_way = is_reached(look.trained, index)
        except (RuntimeError, NotImplementedError) as error:
            self._leave_out(error)
            return
        if is_on_the_way:
            where = f" ({loud[0].source})" if loud[0].source is not None else ""
            self._remark(
                f"The gradient of {loud[0].what}{where} was not judged: it moves no value that "
                "goes into the next layer, and what follows mixes units."
            )

    # In eval mode where the outputs of another pass are given. None where there is no graph.
    def _pass(
        self, passes: Passes, recorder: Recorder, replaced: Optional[Dict[int, Tensor]],
        common: Optional[Calls] = None,
    ) -> Optional[GradientObserver]:  # fmt: skip
        try:
            is_training = replaced is None
            return passes.backward(recorder, training=is_training, replaced=replaced, common=common)
        except RuntimeError as error:
            # All other passes ran: only what needs a graph is left out.
            if not _is_of_graph(error):
                raise
            self._leave_out(error)
            return None

    # Saturated units have no gradient in either mode: the same values in eval mode tell.
    def _base(self, look: _Look, index: int) -> Optional[BackwardShares]:
        if not look.is_tested:
            look.is_tested = True
            look.tested = self._pass(look.passes, look.recorder, look.trained.outputs)
        return None if look.tested is None else self._shares(look.tested, index, look.passes)

    def _verdict(self, look: _Look, index: int) -> Optional[Verdict]:
        places = look.places
        tally = places.gaps[index]
        if judged(tally) in (Verdict.UNCLEAR, Verdict.UNMEASURED):
            return None
        shares = self._shares(look.trained, index, look.passes)
        if shares is None:
            self._check_unseen(look, index)
        if shares is None or shares.entries < _FEWEST:
            return None
        is_same = not dropped(tally)
        lost_limit = 0.005 if is_same else max(0.01, 0.5 * (1 - tally.share.value))
        is_suspect = _is_suspect(tally, shares)
        if shares.lost <= lost_limit and shares.gained <= 0.1 and not is_suspect:
            return None
        base = self._base(look, index)
        if base is None:
            return None
        lost, gained = shares.lost - base.lost, shares.gained - base.gained
        if lost <= lost_limit and gained <= 0.1:
            scale = _wrong_scale(tally, shares, base, look) if is_suspect else None
            if scale is None:
                return None
            places.gradient_scales[index] = scale
            return Verdict.BACKWARD_DIFFERS
        # Did the values go by this mask, they would move by far more than they do.
        if lost > lost_limit and gained <= 0.1 and base.reach(shares) <= _REACH:
            if not is_same or any(cause.verdict not in QUIET for cause in places.causes(index)):
                # This dropout changes the values by less than can be told; it is judged alone.
                return None
            if tally.varies:
                return Verdict.UNCLEAR
        return Verdict.BACKWARD_ONLY if is_same else Verdict.BACKWARD_DIFFERS

    # A model whose gradients cannot be asked for one by one may train all the same, as one with
    # reentrant checkpoints does. Then a remark tells so, and everything else is judged.
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
        self._remark(remark)
        self._once.say("gradient", remark)

    def _remark(self, remark: str) -> None:
        if remark not in self.remarks:
            self.remarks.append(remark)


class _Look:
    def __init__(
        self, passes: Passes, recorder: Recorder, places: Places, trained: GradientObserver
    ) -> None:
        self.passes = passes
        self.recorder = recorder
        self.places = places
        self.trained = trained
        self.is_tested = False
        self.tested: Optional[GradientObserver] = None


# Whether values are scaled rightly by dropout, and their gradient perhaps by something else.
def _is_suspect(tally: Tally, shares: BackwardShares) -> bool:
    if judged(tally) not in (Verdict.RIGHT, Verdict.CHANNELS) or not dropped(tally):
        return False
    factor, scale = tally.factor, shares.scale
    if factor is None or abs(factor - 1) <= 4 * _NEAR:
        return False
    return scale is None or abs(scale / factor - 1) > _NEAR


# The factor of the gradient over eval mode, where it is not the factor of the values.
def _wrong_scale(
    tally: Tally, shares: BackwardShares, base: BackwardShares, look: _Look
) -> Optional[float]:
    error = max(2e-3, tally.tolerance)
    factor, scale = shares.factor_over(base, error), shares.scale_over(base, error)
    if factor is None or scale is None or abs(scale / factor - 1) <= 4 * max(_NEAR, error):
        return None
    near = max(_NEAR, error)
    is_known = any(abs(scale / known - 1) <= near for known in (1.0, factor * factor))
    # The statistics of a batch change the gradient by a factor of their own.
    return scale if is_known or not look.passes.has_batch_norms else None


# Whether PyTorch refuses to record a graph. Other errors are the model's own.
def _is_of_graph(error: RuntimeError) -> bool:
    said = str(error)
    return any(word in said for word in ("requires_grad", "require grad", "leaf", "autograd"))
