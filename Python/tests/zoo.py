"""Models of known truth: each bug beside a twin that is right."""

from __future__ import annotations

import numpy as np
import torch
from zoo_dropouts import (
    FixedMask,
    Function,
    NumpyMask,
    SharedMask,
    Swapped,
    Twice,
    Unscaled,
    _BackwardOnly,
    _FreshBackward,
)
from zoo_networks import Checkpointed, Inline, MaxNorm, Mixed, Residual, convolutional, mlp
from zoo_right import RIGHT
from zoo_sequences import Attention
from zoo_wrong import WRONG

__all__ = [
    "RIGHT",
    "WRONG",
    "Attention",
    "Checkpointed",
    "FixedMask",
    "Function",
    "Inline",
    "MaxNorm",
    "Mixed",
    "NumpyMask",
    "Residual",
    "SharedMask",
    "Swapped",
    "Twice",
    "Unscaled",
    "_BackwardOnly",
    "_FreshBackward",
    "build",
    "convolutional",
    "mlp",
]


def build(row, seed):
    """The model and its batch from one row, repeatable."""
    torch.manual_seed(seed)
    np.random.seed(seed)
    model, batch, verdict = row
    return model(), batch(), verdict
