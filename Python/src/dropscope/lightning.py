"""A callback for PyTorch Lightning: `Trainer(callbacks=[DropscopeCallback()])`."""

from __future__ import annotations

from typing import Any, Optional

from dropscope._callback import Watcher
from dropscope._scope import Scope

try:
    from lightning.pytorch import Callback
except ImportError:
    from pytorch_lightning import Callback


class DropscopeCallback(Callback):
    """Watches the LightningModule while it trains.

    Without a batch it takes what the module is called with first. Where `training_step` does not
    call the module itself (`self(x)`), give `batch` and, if need be, `call`, such as
    `call=lambda module, x: module.encoder(x)`.
    """

    def __init__(self, batch: Any = None, **options: Any) -> None:
        """`options` go to `dropscope.watch`."""
        super().__init__()
        self._watcher = Watcher(batch, options)

    @property
    def scope(self) -> Optional[Scope]:
        """The scope of the training, from its first step on."""
        return self._watcher.scope

    def on_train_start(self, trainer: Any, pl_module: Any) -> None:
        """Begins, in one process of several."""
        if trainer.is_global_zero:
            self._watcher.start(pl_module)

    def on_train_batch_end(
        self, trainer: Any, pl_module: Any, outputs: Any, batch: Any, batch_idx: int
    ) -> None:
        """Counts a step, with what `training_step` returned as its loss."""
        self._watcher.step(outputs.get("loss") if isinstance(outputs, dict) else outputs)

    def on_train_end(self, trainer: Any, pl_module: Any) -> None:
        """Ends the recording."""
        self._watcher.close()

    def on_exception(self, trainer: Any, pl_module: Any, exception: BaseException) -> None:
        """Ends the recording, and tells it why."""
        self._watcher.close(exception)
