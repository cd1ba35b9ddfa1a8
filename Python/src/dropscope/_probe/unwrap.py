"""The model itself inside of wrappers, and models that cannot be looked at."""

from __future__ import annotations

from typing import List, Tuple

import torch
from torch import nn
from torch.nn.parameter import UninitializedBuffer, UninitializedParameter


def unwrapped(model: nn.Module) -> Tuple[nn.Module, List[str]]:
    """The model without its wrappers, and remarks on what was taken off.

    Raises:
        TypeError: it is no `torch.nn.Module`, or one that takes no hooks.
        ValueError: its weights are not there.
    """
    if not isinstance(model, nn.Module):
        raise TypeError(f"the model is of type {type(model).__name__}, not a torch.nn.Module")
    remarks = []
    while True:
        inside = getattr(model, "_orig_mod", None)
        if isinstance(inside, nn.Module):
            remarks.append(
                "The model is compiled. What was looked at is the model that was handed to "
                "torch.compile, run without it."
            )
        elif isinstance(
            model, (nn.DataParallel, nn.parallel.DistributedDataParallel)
        ) and isinstance(model.module, nn.Module):
            inside = model.module
            remarks.append(f"What was looked at is the model inside of {type(model).__name__}.")
        else:
            break
        model = inside
    for name, module in model.named_modules():
        _refuse(name or type(module).__name__, module)
    if not remarks and _is_compiled(model):
        remarks.append("Parts of the model are compiled. They were looked at without it.")
    return model, remarks


def _is_compiled(model: nn.Module) -> bool:
    return any(
        isinstance(getattr(module, "_orig_mod", None), nn.Module)
        or getattr(module, "_compiled_call_impl", None) is not None
        for module in model.modules()
    )


def _refuse(name: str, module: nn.Module) -> None:
    if isinstance(module, torch.jit.ScriptModule):
        raise TypeError(
            f"{name} is a module of torch.jit, which takes no hooks, so that nothing can be seen "
            "in it. Hand over the model before torch.jit.script or torch.jit.trace."
        )
    kinds = {kind.__name__ for kind in type(module).__mro__}
    if kinds & {"FullyShardedDataParallel", "FSDPModule"}:
        raise TypeError(
            f"{name} is sharded (FSDP): a look in one process would wait for the others for ever. "
            "Hand over the model before it is sharded."
        )
    for key, value in [
        *module.named_parameters(recurse=False),
        *module.named_buffers(recurse=False),
    ]:
        if isinstance(value, (UninitializedParameter, UninitializedBuffer)):
            raise ValueError(
                f"{name}.{key} gets its shape in the first call. Call the model once before."
            )
        if value.device.type == "meta":
            raise ValueError(f"{name}.{key} is on the meta device and has no values.")
