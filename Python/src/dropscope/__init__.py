"""An oscilloscope for dropout: see what it does in your own PyTorch training.

`check` tells once whether the dropout of a model is right, `watch` while it trains. PyTorch is
imported when one of them is called, and not before.
"""

from __future__ import annotations

from dropscope._program import version as _version
from dropscope._report import Report, check
from dropscope._scope import Scope
from dropscope._watch import watch

__version__ = _version()

__all__ = ["Report", "Scope", "__version__", "check", "watch"]
