"""Counts the person's own calls of the model."""

from __future__ import annotations

import weakref
from typing import Any, Dict, Iterable, List, Tuple

import torch
from torch import Tensor, nn

from dropscope._model import CallCounts, Finding, Severity, Verdict
from dropscope._probe.steps import StepCounter
from dropscope._probe.tensors import tensors

#: This number of steps in eval mode, one after the other, is no accident.
_LONG = 20
#: A loss may be made of any of the outputs; of lists of very many some are enough.
_MOST_OUTPUTS = 8
_PREPARE = "__prepare_scriptable__"


class CallCounter:
    """Hooks on the model as the person calls it: its mode, gradients, and backward passes."""

    def __init__(self, model: nn.Module) -> None:
        """Counts nothing before `start`."""
        self._model = model
        self._handles: List[Any] = []
        self._counts = {"train": 0, "backward": 0, "eval": 0, "eval_with_gradient": 0}
        self._depth = 0
        self._eval_streak = 0
        #: Calls in training mode without a gradient, and those that repeat their input.
        self._train_without_gradient = 0
        self._repeated = 0
        self._steps = StepCounter()
        self._last: List[Tuple[weakref.ref[Tensor], int]] = []
        self.is_paused = False
        self._makes_way = False

    @property
    def counts(self) -> CallCounts:
        """The counts so far."""
        return CallCounts(**self._counts)

    def __getstate__(self) -> Dict[str, Any]:
        """Of a copy or a file of the model: a counter that counts nothing."""
        return {"_model": self._model, "is_paused": True, "_handles": [], "_makes_way": False}

    def start(self) -> None:
        """Puts the hooks on."""
        if not self._handles:
            self._handles = [
                self._model.register_forward_pre_hook(self._before, with_kwargs=True),
                self._model.register_forward_hook(self._after),
            ]
            # `torch.jit.script` compiles hooks, and asks for this beforehand.
            self._model.__dict__[_PREPARE] = self._make_way

    def stop(self) -> None:
        """Takes them off."""
        for handle in self._handles:
            handle.remove()
        self._handles = []
        self._makes_way = False
        self._model.__dict__.pop(_PREPARE, None)

    def _make_way(self) -> nn.Module:
        self._makes_way = bool(self._handles)
        for handle in self._handles:
            handle.remove()
        self._handles = []
        model = self._model
        model.__dict__.pop(_PREPARE, None)
        # Those of a copy came with it, and have no handles.
        for hooks in (model._forward_pre_hooks, model._forward_hooks):
            for key, hook in list(hooks.items()):
                if isinstance(getattr(hook, "__self__", None), CallCounter):
                    del hooks[key]
        return model

    def resume(self) -> None:
        """Puts the hooks on again where they made way."""
        if self._makes_way:
            self._makes_way = False
            self.start()

    def _before(self, module: nn.Module, inputs: Any, named: Any) -> None:
        if self.is_paused:
            return
        with_gradient = torch.is_grad_enabled()
        if module.training:
            self._counts["train"] += 1
            self._eval_streak = 0
            if not with_gradient:
                self._train_without_gradient += 1
                self._repeated += self._is_last(tensors((inputs, named)))
        elif with_gradient:
            self._counts["eval_with_gradient"] += 1
        else:
            self._counts["eval"] += 1

    # Whether these are the tensors of the call before. A place in memory would not do: the next
    # batch often gets the place of the one that was given up.
    def _is_last(self, given: Iterable[Tensor]) -> bool:
        now = [(weakref.ref(tensor), tensor._version) for tensor in given]
        last, self._last = self._last, now
        return len(last) == len(now) > 0 and all(
            before[0]() is after[0]() and before[1] == after[1] for before, after in zip(last, now)
        )

    def _after(self, module: nn.Module, inputs: Any, output: Any) -> None:
        if self.is_paused or not torch.is_grad_enabled():
            return
        # Attacks on the inputs and explanations of outputs go backward in eval mode too.
        asks_inputs = any(tensor.requires_grad for tensor in tensors(inputs))
        is_streak = not module.training and not asks_inputs
        given = [tensor for tensor in tensors(output) if tensor.requires_grad][:_MOST_OUTPUTS]
        if not given:
            return
        number = self._steps.called() if module.training else None
        seen: List[bool] = []

        def count(gradient: Any) -> None:
            if not seen and not self.is_paused:
                seen.append(True)
                self._counts["backward"] += 1
                self._eval_streak += is_streak
                if number is not None:
                    self._steps.went_back(number)

        for tensor in given:
            tensor.register_hook(count)  # type: ignore[no-untyped-call]

    def findings(self, model_drops: bool) -> List[Finding]:
        """The findings from the calls, in a model that drops somewhere."""
        found = []
        counts = self._counts
        if model_drops and self._eval_streak >= _LONG:
            found.append(
                Finding(
                    Verdict.NEVER_TRAIN.severity,
                    Verdict.NEVER_TRAIN,
                    None,
                    "the training",
                    None,
                    f"The last {self._eval_streak} steps trained in eval mode: nothing is dropped.",
                    "Call model.train() before the steps of each epoch.",
                )
            )
        evaluations = self._train_without_gradient
        if model_drops and evaluations and counts["backward"] and not counts["eval"]:
            repeats = self._repeated * 2 >= evaluations
            severity = Severity.REMARK if repeats else Verdict.NEVER_EVAL.severity
            reason = "the same input again and again, as in Monte Carlo dropout" if repeats else ""
            found.append(
                Finding(
                    severity,
                    Verdict.NEVER_EVAL,
                    None,
                    "the training",
                    None,
                    f"{evaluations} calls without gradient ran in training mode"
                    + (f", {reason}." if repeats else ", and none in eval mode: they drop too."),
                    "If single predictions are wanted, call model.eval() before."
                    if repeats
                    else "Call model.eval() before validation, and model.train() after it.",
                )
            )
        without = self._steps.without_backward
        if model_drops and without and not counts["eval"] and not counts["eval_with_gradient"]:
            found.append(
                Finding(
                    Verdict.NEVER_EVAL.severity,
                    Verdict.NEVER_EVAL,
                    None,
                    "the training",
                    None,
                    f"{without} calls in training mode went on end without a backward pass, and "
                    "none ran in eval mode: if they are a validation, it drops too.",
                    "Call model.eval() and use torch.no_grad() for validation, and model.train() "
                    "after it.",
                )
            )
        return found
