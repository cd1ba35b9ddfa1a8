"""A callback for the Trainer of Hugging Face: `Trainer(..., callbacks=[DropscopeCallback()])`."""

from __future__ import annotations

from typing import Any, Optional

from transformers import TrainerCallback

from dropscope._callback import Watcher
from dropscope._scope import Scope


class DropscopeCallback(TrainerCallback):
    """Watches the model of a `transformers.Trainer` while it trains.

    Without a batch it takes what the model is called with first. The Trainer tells callbacks the
    loss only when it logs it, so the recording has the loss that was logged last.
    """

    def __init__(self, batch: Any = None, **options: Any) -> None:
        """`options` go to `dropscope.watch`."""
        super().__init__()
        self._watcher = Watcher(batch, options)
        self._loss: Optional[float] = None

    @property
    def scope(self) -> Optional[Scope]:
        """The scope of the training, from its first step on."""
        return self._watcher.scope

    def on_train_begin(self, args: Any, state: Any, control: Any, **others: Any) -> None:
        """Begins, in one process of several."""
        if state.is_world_process_zero:
            self._loss = None
            self._watcher.start(others["model"])

    def on_log(self, args: Any, state: Any, control: Any, **others: Any) -> None:
        """Keeps the loss."""
        self._loss = (others.get("logs") or {}).get("loss", self._loss)

    def on_step_end(self, args: Any, state: Any, control: Any, **others: Any) -> None:
        """Counts a step of the optimizer."""
        self._watcher.step(self._loss)

    def on_train_end(self, args: Any, state: Any, control: Any, **others: Any) -> None:
        """Ends the recording."""
        self._watcher.close()
