"""The probe: hooks that see what is dropped between the layers of a model of PyTorch."""

from __future__ import annotations

from dropscope._probe.probe import Probe

__all__ = ["Probe"]
