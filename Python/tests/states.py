"""Everything of a model and of a process that a look could change."""

from __future__ import annotations

import random
import signal

import numpy as np
import torch
from torch import nn
from torch.overrides import _get_current_function_mode_stack as function_modes


class Stateful(nn.Module):
    """Keeps a mask, a counter, a generator and a schedule in plain attributes."""

    class Schedule:
        def __init__(self):
            self.steps, self.rates = 0, [0.1]

        def rate(self):
            self.steps += 1
            self.rates.append(min(0.5, 0.1 + self.steps * 1e-3))
            return self.rates[-1]

    def __init__(self):
        super().__init__()
        self.fc1, self.fc2 = nn.Linear(20, 32), nn.Linear(32, 5)
        self.mask, self.calls = None, {"count": 0}
        self.generator = torch.Generator().manual_seed(3)
        self.numpy = np.random.RandomState(4)
        self.schedule = Stateful.Schedule()
        self.running = torch.zeros(32)

    def forward(self, x):
        h = torch.relu(self.fc1(x))
        self.calls["count"] += 1
        if self.training:
            keep = 1 - self.schedule.rate()
            if self.mask is None or self.calls["count"] % 7 == 0:
                self.mask = torch.rand(h.shape, generator=self.generator) < keep
            self.running.mul_(0.9).add_(h.detach().mean(0), alpha=0.1)
            jitter = 1 + 0.01 * self.numpy.rand() + 0.01 * random.random() + 0.01 * np.random.rand()
            h = h * self.mask[: len(h)] / keep * jitter + 0.1 * self.running
        return self.fc2(h)


def bits(value):
    """Everything in a value that could have changed."""
    if isinstance(value, torch.Tensor):
        return (str(value.dtype), tuple(value.shape), value.detach().numpy().tobytes())
    if isinstance(value, dict):
        return {key: bits(member) for key, member in value.items()}
    if isinstance(value, (list, tuple)):
        return [bits(member) for member in value]
    if isinstance(value, torch.Generator):
        return bits(value.get_state())
    if isinstance(value, np.random.RandomState):
        return bits(list(value.get_state()))
    if isinstance(value, np.ndarray):
        return value.tobytes()
    if isinstance(value, Stateful.Schedule):
        return bits(vars(value))
    return value


def state(model, optimizer=None):
    plain = {
        name: {
            key: bits(value)
            for key, value in vars(module).items()
            if not key.startswith("_") and not callable(value)
        }
        for name, module in model.named_modules()
    }
    return {
        "weights": bits(model.state_dict()),
        "gradients": [None if p.grad is None else bits(p.grad) for p in model.parameters()],
        "attributes": plain,
        "hooks": [
            (len(m._forward_hooks), len(m._forward_pre_hooks), len(m._backward_hooks))
            for m in model.modules()
        ],
        "optimizer": None if optimizer is None else bits(optimizer.state_dict()),
        "modes": [m.training for m in model.modules()],
        "settings": (
            torch.is_grad_enabled(),
            torch.is_inference_mode_enabled(),
            torch.backends.mha.get_fastpath_enabled(),
            len(function_modes()),
            signal.getsignal(signal.SIGINT),
        ),
        "torch": bits(torch.get_rng_state()),
        "python": random.getstate(),
        "numpy": bits(list(np.random.get_state())),
    }
