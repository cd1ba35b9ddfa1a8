"""An oscilloscope for dropout, with the program that shows it."""

from __future__ import annotations

from dropscope._program import version as _version

__version__ = _version()

__all__ = ["__version__"]
