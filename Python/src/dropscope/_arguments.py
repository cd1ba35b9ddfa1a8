"""Arguments of `check` and `watch` that are whole numbers."""

from __future__ import annotations

from numbers import Integral
from typing import Optional


def demand_whole(name: str, value: object, least: Optional[int] = None) -> None:
    """Refuses what is no whole number, or less than the least.

    Raises:
        TypeError, ValueError: it is not what it must be.
    """
    # Those of NumPy are Integral too.
    if not isinstance(value, Integral) or isinstance(value, bool):
        raise TypeError(f"{name} is a whole number, not {value!r}")
    if least is not None and value < least:
        raise ValueError(f"{name} is {value}; it is at least {least}")
