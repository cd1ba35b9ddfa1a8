"""Hooks that see each call of a module in a pass, with its number."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Dict, List, Mapping, Optional, Tuple, Type

from torch import nn

from dropscope._signals import stop_if_asked

#: A module and the number of its call in a pass, from 1.
Key = Tuple[nn.Module, int]


class CallObserver:
    """Told of each call of a module; `finished` may return another output."""

    def started(self, key: Key, inputs: Any) -> None:
        """The module is about to be called."""

    def finished(self, key: Key, inputs: Any, output: Any) -> Any:
        """The module was called; None leaves its output alone."""
        return None


class Hooks:
    """A `with` block with hooks on modules: nearest to the module's own forward.

    Hooks of the person's own stay: what they change in an input is seen here, and what they change
    in an output happens after it, so that it counts to the gap behind the layer.
    """

    def __init__(self, modules: Mapping[nn.Module, str], observer: CallObserver) -> None:
        """The hooks are not on before the block begins."""
        self._modules = modules
        self._observer = observer
        self._handles: List[Any] = []
        self._counts: Dict[nn.Module, int] = {}

    def __enter__(self) -> Hooks:
        """Puts them on."""
        for module in self._modules:
            self._handles.append(module.register_forward_pre_hook(self._before, with_kwargs=True))
            self._handles.append(
                module.register_forward_hook(self._after, with_kwargs=True, prepend=True)
            )
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        traceback: Optional[TracebackType],
    ) -> None:
        """Takes them off."""
        for handle in self._handles:
            handle.remove()

    def _before(self, module: nn.Module, inputs: Any, named: Dict[str, Any]) -> None:
        stop_if_asked()
        number = self._counts.get(module, 0) + 1
        self._counts[module] = number
        self._observer.started((module, number), (inputs, named))

    def _after(self, module: nn.Module, inputs: Any, named: Dict[str, Any], output: Any) -> Any:
        return self._observer.finished((module, self._counts[module]), (inputs, named), output)
