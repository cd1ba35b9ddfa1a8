"""Modules that drop inside themselves, where no gap can show it."""

from __future__ import annotations

from typing import Dict, List

from torch import nn

from dropscope._model import Finding, Severity, Verdict
from dropscope._probe.keeping import all_modules


def inner_dropout(module: nn.Module) -> float:
    """The share that a module drops between parts of its own; 0 where it drops nothing there."""
    if isinstance(module, nn.RNNBase):
        return float(module.dropout) if module.num_layers > 1 else 0.0
    if isinstance(module, nn.MultiheadAttention):
        return float(module.dropout)
    return 0.0


def trusted(model: nn.Module) -> List[Finding]:
    """Dropout inside of PyTorch's own modules: one remark for all that are alike.

    The model is in eval mode: a module that is not drops there too, and is another finding.
    """
    alike: Dict[str, List[str]] = {}
    for name, module in model.named_modules():
        share = inner_dropout(module)
        if share > 0 and not module.training:
            alike.setdefault(f"nn.{type(module).__name__}(dropout={share:g})", []).append(name)
    found = []
    for kind, names in alike.items():
        others = f" and {len(names) - 1} more" if len(names) > 1 else ""
        found.append(
            Finding(
                Severity.REMARK,
                Verdict.RIGHT,
                None,
                f"{names[0] or 'the model'}{others}",
                None,
                f"{kind} drops inside itself, where nothing can be measured: it is trusted by its "
                "argument.",
                "",
            )
        )
    return found


def left_on(model: nn.Module) -> List[Finding]:
    """Modules that stay in training mode, and drop, when the model is put into eval mode.

    The model is left in eval mode.
    """
    model.eval()
    names = {module: name for name, module in model.named_modules()}
    found = []
    for module in all_modules(model):
        share = inner_dropout(module)
        if share == 0 or not module.training:
            continue
        kind = type(module).__name__
        where = names.get(module) or f"a {kind} that model.modules() does not have"
        found.append(
            Finding(
                Severity.BUG,
                Verdict.ON_AT_TEST,
                None,
                where,
                None,
                f"{kind}(dropout={share:g}) drops in eval mode too: two predictions for the same "
                "input differ.",
                "Register the module as an attribute, and let model.eval() reach it.",
            )
        )
    return found
