"""The inputs of a model's first call, for trainings whose batches the person does not hold."""

from __future__ import annotations

from typing import Any, Callable, Dict, Optional, Tuple


class FirstCall:
    """Waits for the first call of a model in training mode, and keeps a copy of what it was given.

    The copy is made once. After that the model has no hook of it any more.
    """

    def __init__(self, model: Any) -> None:
        """Hooks the model, which is not called here."""
        self.batch: Any = None
        self.call: Optional[Callable[[Any, Any], Any]] = None
        self.was_seen = False
        self._hook = model.register_forward_pre_hook(self._see, with_kwargs=True)

    def _see(self, model: Any, inputs: Tuple[Any, ...], named: Dict[str, Any]) -> None:
        if not model.training or self.was_seen:
            return
        self.close()
        self.was_seen = True
        if not named:
            self.batch = _copied(inputs)
        elif not inputs:
            self.batch = _copied(named)
        else:
            self.batch = {"inputs": _copied(inputs), "named": _copied(named)}
            self.call = _call_with_both

    def close(self) -> None:
        """Takes the hook off."""
        self._hook.remove()


def _call_with_both(model: Any, batch: Dict[str, Any]) -> Any:
    return model(*batch["inputs"], **batch["named"])


# Tensors may be changed in place later on; a dictionary of another kind becomes a plain one.
def _copied(value: Any) -> Any:
    if hasattr(value, "detach") and hasattr(value, "clone"):
        return value.detach().clone()
    if isinstance(value, dict):
        return {key: _copied(member) for key, member in value.items()}
    if type(value) in (list, tuple):
        return type(value)(_copied(member) for member in value)
    return value
