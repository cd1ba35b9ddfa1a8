"""Lines of the person's own source."""

from __future__ import annotations

import functools
import os
import sys
from types import FrameType
from typing import Any, Iterator, Optional

import torch

_TORCH = os.path.dirname(torch.__file__) + os.sep
_OWN = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
#: Here the model is called; frames above belong to the person's call of `check` or `watch`.
_CALLER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "batch.py")


def person_line() -> Optional[str]:
    """File and line of the innermost frame of the model that is neither PyTorch's nor ours.

    None where the model has none, as an `nn.Sequential` of PyTorch's own modules.
    """
    frame: Optional[FrameType] = sys._getframe(1)
    while frame is not None:
        file = frame.f_code.co_filename
        if file == _CALLER:
            return None
        if not _is_foreign(file):
            return f"{_short(file)}:{frame.f_lineno}"
        frame = frame.f_back
    return None


def is_in_own_function() -> bool:
    """Whether the forward of an autograd function runs that is not one of PyTorch's own."""
    own = {getattr(kind.forward, "__code__", None) for kind in _kinds(torch.autograd.Function)}
    frame: Optional[FrameType] = sys._getframe(1)
    while frame is not None:
        code = frame.f_code
        if code.co_filename == _CALLER:
            return False
        if code in own and not code.co_filename.startswith((_TORCH, _OWN)):
            return True
        frame = frame.f_back
    return False


def _kinds(kind: Any) -> Iterator[Any]:
    for one in kind.__subclasses__():
        yield one
        yield from _kinds(one)


@functools.lru_cache(maxsize=4096)
def _is_foreign(file: str) -> bool:
    return file.startswith((_TORCH, _OWN, "<frozen")) or os.path.basename(file) in (
        "contextlib.py",
        "functools.py",
    )


@functools.lru_cache(maxsize=4096)
def _short(file: str) -> str:
    for mark in (f"{os.sep}site-packages{os.sep}", f"{os.sep}dist-packages{os.sep}"):
        if mark in file:
            return file.rsplit(mark, 1)[1]
    relative = os.path.relpath(file) if os.path.isabs(file) else file
    return file if relative.startswith("..") else relative
