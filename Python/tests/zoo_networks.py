"""Networks that take a dropout, or have one of their own."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.checkpoint import checkpoint


def mlp(drop, activation=nn.ReLU, norm=nn.Identity, width=64):
    return nn.Sequential(
        nn.Linear(20, width), norm(width), activation(), drop, nn.Linear(width, width),
        activation(), nn.Linear(width, 5),
    )  # fmt: skip


class Inline(nn.Module):
    """A mask in the middle of forward."""

    def __init__(self, kind):
        super().__init__()
        self.kind = kind
        self.fc1, self.fc2 = nn.Linear(20, 64), nn.Linear(64, 5)

    def forward(self, x):
        h = torch.tanh(self.fc1(x))
        return self.fc2(getattr(self, self.kind)(h))

    def right(self, h):
        return h * (torch.rand(h.shape) > 0.4).float() / 0.6 if self.training else h

    def unscaled(self, h):
        return h * (torch.rand(h.shape) > 0.4).float() if self.training else h

    def swapped(self, h):
        return h * (torch.rand(h.shape) > 0.4).float() / 0.4 if self.training else h

    def filled(self, h):
        if not self.training:
            return h
        return h.masked_fill(torch.rand_like(h) < 0.4, 0.0) / 0.6

    def chosen(self, h):
        return torch.where(torch.rand_like(h) < 0.4, torch.zeros_like(h), h)

    def functional(self, h):
        return F.dropout(h, 0.4, self.training)

    def forgotten(self, h):
        return F.dropout(h, 0.4)

    def assigned(self, h):
        if self.training:
            h = h.clone()
            h[torch.rand_like(h) < 0.4] = 0.0
        return h

    def floored(self, h):
        return h / 0.6 * torch.floor(torch.rand_like(h) + 0.6) if self.training else h


class Residual(nn.Module):
    """Dropout on a branch, behind which the sum is normed."""

    def __init__(self, drop, norm=True):
        super().__init__()
        self.fc1, self.fc2, self.fc3 = nn.Linear(20, 64), nn.Linear(64, 64), nn.Linear(64, 5)
        self.drop = drop
        self.norm = nn.LayerNorm(64) if norm else nn.Identity()

    def forward(self, x):
        h = torch.relu(self.fc1(x))
        h = self.norm(h + self.drop(self.fc2(h)))
        return self.fc3(h)


class InlineResidual(nn.Module):
    def __init__(self, kind):
        super().__init__()
        self.kind = kind
        self.fc1, self.fc2, self.fc3 = nn.Linear(20, 64), nn.Linear(64, 64), nn.Linear(64, 5)
        self.norm = nn.LayerNorm(64)

    def forward(self, x):
        h = torch.relu(self.fc1(x))
        z = self.fc2(h)
        if self.kind == "classic":
            z = z * (torch.rand_like(z) < 0.7) if self.training else z * 0.7
        elif self.training:
            mask = torch.rand_like(z) < 0.7
            z = z * mask if self.kind == "unscaled" else z * mask / 0.7
        return self.fc3(self.norm(h + z))


def convolutional(drop, norm=nn.Identity, activation=nn.ReLU):
    return nn.Sequential(
        nn.Conv2d(3, 16, 3, padding=1), norm(16), activation(), drop,
        nn.Conv2d(16, 16, 3, padding=1), activation(), nn.AdaptiveAvgPool2d(2), nn.Flatten(),
        nn.Linear(64, 5),
    )  # fmt: skip


class Shared(nn.Module):
    """One layer, called twice."""

    def __init__(self, drop):
        super().__init__()
        self.fc, self.out, self.drop = nn.Linear(20, 20), nn.Linear(20, 5), drop

    def forward(self, x):
        x = torch.relu(self.fc(x))
        x = torch.relu(self.fc(self.drop(x)))
        return self.out(x)


class Hidden(nn.Module):
    """Dropout in a plain list, which eval() does not reach."""

    def __init__(self):
        super().__init__()
        self.fc1, self.fc2 = nn.Linear(20, 64), nn.Linear(64, 5)
        self.extras = [nn.Dropout(0.3)]

    def forward(self, x):
        return self.fc2(self.extras[0](torch.relu(self.fc1(x))))


class DeafToEval(nn.Sequential):
    def train(self, mode=True):
        return super().train(True)


class WeightDrop(nn.Linear):
    def forward(self, x):
        return F.linear(x, F.dropout(self.weight, 0.3, self.training), self.bias)


class DropLinear(nn.Linear):
    """A layer that drops its own input."""

    def __init__(self, inputs, units, p=0.3, always=False):
        super().__init__(inputs, units)
        self.p, self.always = p, always

    def forward(self, x):
        return super().forward(F.dropout(x, self.p, self.training or self.always))


class Checkpointed(nn.Module):
    def __init__(self, preserve, reentrant=False):
        super().__init__()
        self.preserve, self.reentrant = preserve, reentrant
        self.first = nn.Linear(20, 20)
        self.block = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Dropout(0.4), nn.Linear(64, 32))
        self.out = nn.Linear(32, 5)

    def forward(self, x):
        h = checkpoint(
            self.block, self.first(x), use_reentrant=self.reentrant,
            preserve_rng_state=self.preserve,
        )  # fmt: skip
        return self.out(h)


class Sampler(nn.Module):
    """Samples at test as well, as some autoencoders do."""

    def __init__(self):
        super().__init__()
        self.enc, self.dec, self.out = nn.Linear(20, 32), nn.Linear(16, 32), nn.Linear(32, 20)

    def forward(self, x):
        mean, log = self.enc(x).chunk(2, -1)
        return self.out(torch.relu(self.dec(mean + torch.randn_like(mean) * log.exp())))


class MaxNorm(nn.Module):
    """Limits the norm of its weights in forward."""

    def __init__(self):
        super().__init__()
        self.fc1, self.drop, self.fc2 = nn.Linear(20, 64), nn.Dropout(0.5), nn.Linear(64, 5)

    def forward(self, x):
        with torch.no_grad():
            self.fc1.weight.copy_(torch.renorm(self.fc1.weight, 2, 0, 0.3))
        return self.fc2(self.drop(torch.relu(self.fc1(x))))


class Mixed(nn.Module):
    """Takes several inputs by name."""

    def __init__(self, drop):
        super().__init__()
        self.a, self.b, self.out, self.drop = (
            nn.Linear(20, 32), nn.Linear(10, 32), nn.Linear(32, 5), drop
        )  # fmt: skip

    def forward(self, left, right):
        return self.out(self.drop(torch.relu(self.a(left)) + torch.relu(self.b(right))))


def frozen(drop):
    model = mlp(drop)
    for parameter in model[:4].parameters():
        parameter.requires_grad_(False)
    return model
