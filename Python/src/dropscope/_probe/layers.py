"""Which modules are layers, and which may drop by themselves."""

from __future__ import annotations

from typing import Dict, List, Set

import torch
from torch import nn
from torch.nn.modules.batchnorm import _BatchNorm, _NormBase
from torch.nn.modules.conv import _ConvNd
from torch.nn.modules.dropout import _DropoutNd

_LAYERS = (
    nn.Linear,
    _ConvNd,
    nn.Bilinear,
    nn.RNNBase,
    nn.RNNCellBase,
    nn.MultiheadAttention,
)
_NOT_LAYERS = (_NormBase, nn.LayerNorm, nn.GroupNorm, nn.Embedding, nn.EmbeddingBag, nn.PReLU)


def layers_of(model: nn.Module) -> Dict[nn.Module, str]:
    """The layers with their names. A layer's own parts are none."""
    found: Dict[nn.Module, str] = {}
    inner: Set[nn.Module] = set()
    for name, module in model.named_modules():
        if module in inner or not is_layer(module):
            continue
        found[module] = name or type(module).__name__
        inner.update(child for child in module.modules() if child is not module)
    return found


def is_layer(module: nn.Module) -> bool:
    """Whether the module has weights that act on activations, and no parts that have."""
    name = type(module).__name__
    if isinstance(module, _NOT_LAYERS) or "Norm" in name or "Embedding" in name:
        return False
    if isinstance(module, _LAYERS):
        return True
    has_parts = next(module.children(), None) is not None
    # A custom dropout may learn its rate: one number does not make a layer.
    return not has_parts and sum(p.numel() for p in module.parameters(recurse=False)) > 1


def channel_axis(module: nn.Module, dims: int) -> int:
    """The axis of the units in what a layer takes or gives."""
    is_conv = type(module).__name__.startswith(("Conv", "LazyConv")) and hasattr(
        module, "kernel_size"
    )
    return 1 if (is_conv or isinstance(module, _ConvNd)) and dims > 2 else dims - 1


def sync_norms_of(model: nn.Module) -> List[nn.Module]:
    """Batch norms that wait for other processes, which do not look at the same time."""
    if not (torch.distributed.is_available() and torch.distributed.is_initialized()):
        return []
    return [m for m in model.modules() if isinstance(m, nn.SyncBatchNorm)]


def droppers_of(model: nn.Module, layers: Dict[nn.Module, str]) -> Dict[nn.Module, str]:
    """Modules without weights that may drop: PyTorch's dropouts, and each of the person's own."""
    found = {}
    for name, module in model.named_modules():
        if module in layers or next(module.children(), None) is not None:
            continue
        if sum(p.numel() for p in module.parameters(recurse=False)) > 1:
            continue
        is_own = not type(module).__module__.startswith("torch.nn.modules.")
        if isinstance(module, _DropoutNd) or is_own:
            found[module] = name or type(module).__name__
    return found


def norms_of(model: nn.Module) -> List[_NormBase]:
    """Norms whose result depends on the mode."""
    return [m for m in model.modules() if isinstance(m, _NormBase) and m.track_running_stats]


def batch_norms_of(model: nn.Module) -> Dict[nn.Module, str]:
    """Batch norms with running statistics."""
    return {
        module: name or type(module).__name__
        for name, module in model.named_modules()
        if isinstance(module, _BatchNorm) and module.track_running_stats
    }


def has_time_first(model: nn.Module) -> bool:
    """Whether a layer of the model takes sequences whose first axis is time."""
    return any(
        isinstance(module, (nn.RNNBase, nn.MultiheadAttention)) and not module.batch_first
        for module in model.modules()
    )
