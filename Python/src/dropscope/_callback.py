"""The parts that the callbacks of all training frameworks share."""

from __future__ import annotations

from typing import Any, Dict, Optional

from dropscope._first_call import FirstCall
from dropscope._say import say
from dropscope._scope import Scope
from dropscope._watch import watch


class Watcher:
    """Watches a model from its first batch on, or from the beginning with a batch of the person's.

    Nothing that goes wrong in it reaches the training.
    """

    def __init__(self, batch: Any, options: Dict[str, Any]) -> None:
        """`options` go to `watch`."""
        self.scope: Optional[Scope] = None
        self._batch = batch
        self._options = options
        self._first: Optional[FirstCall] = None
        self._model: Any = None
        self._is_off = True

    def start(self, model: Any) -> None:
        """Begins with a training of the model."""
        self.close()
        self._is_off = False
        self._model = model
        if self._batch is None:
            self._first = FirstCall(model)
        else:
            self._watch(self._batch, self._options)

    def step(self, loss: Any) -> None:
        """Counts a step of the training."""
        if self._is_off:
            return
        if self.scope is None and not self._watch_first():
            return
        if self.scope is not None:
            self.scope.step(loss=loss)

    def close(self, error: Optional[BaseException] = None) -> None:
        """Ends the recording."""
        self._is_off = True
        if self._first is not None:
            self._first.close()
            self._first = None
        if self.scope is not None:
            self.scope.__exit__(None if error is None else type(error), error, None)

    def _watch_first(self) -> bool:
        first = self._first
        assert first is not None
        if not first.was_seen:
            say(
                "this training is not watched: a step was taken in which the model itself was not "
                "called. Give the callback batch=, and call= where it is not model(batch)."
            )
            self.close()
            return False
        options = dict(self._options)
        if first.call is not None:
            options.setdefault("call", first.call)
        self._first = None
        return self._watch(first.batch, options)

    def _watch(self, batch: Any, options: Dict[str, Any]) -> bool:
        try:
            self.scope = watch(self._model, batch, **options)
        except Exception as error:
            say(f"this training is not watched: {type(error).__name__}: {error}")
            self._is_off = True
            return False
        return True
