"""Dropouts as people write them: right ones, and each bug."""

from __future__ import annotations

import numpy as np
import torch
from torch import nn


class Inverted(nn.Module):
    def __init__(self, p=0.3):
        super().__init__()
        self.keep = 1 - p

    def forward(self, x):
        if not self.training:
            return x
        return x * (torch.rand_like(x) < self.keep) / self.keep


class Classic(Inverted):
    def forward(self, x):
        if not self.training:
            return x * self.keep
        return x * torch.bernoulli(torch.full_like(x, self.keep))


class Unscaled(Inverted):
    def forward(self, x):
        return x * (torch.rand_like(x) < self.keep) if self.training else x


class Twice(Inverted):
    def forward(self, x):
        if not self.training:
            return x
        return x * (torch.rand_like(x) < self.keep) / self.keep**2


class ClassicTwice(Inverted):
    """Divides in training and multiplies at test as well."""

    def forward(self, x):
        if not self.training:
            return x * self.keep
        return x * (torch.rand_like(x) < self.keep) / self.keep


class Swapped(Inverted):
    def forward(self, x):
        if not self.training:
            return x
        return x * (torch.rand_like(x) < self.keep) / (1 - self.keep)


class HalfScaled(Inverted):
    def forward(self, x):
        if not self.training:
            return x
        return x * (torch.rand_like(x) < self.keep) * 1.2


class AlwaysOn(Inverted):
    def forward(self, x):
        return x * (torch.rand_like(x) < self.keep) / self.keep


class FixedMask(Inverted):
    def __init__(self, p=0.3, units=64):
        super().__init__(p)
        torch.manual_seed(units)
        self.mask = (torch.rand(units) < self.keep) / self.keep

    def forward(self, x):
        return x * self.mask if self.training else x


class LazyFixedMask(Inverted):
    mask = None

    def forward(self, x):
        if not self.training:
            return x
        if self.mask is None:
            self.mask = (torch.rand_like(x) < self.keep) / self.keep
        return x * self.mask[: len(x)]


class SharedMask(Inverted):
    def forward(self, x):
        if not self.training:
            return x
        return x * (torch.rand(x.shape[1:], device=x.device) < self.keep) / self.keep


class NumpyMask(Inverted):
    def forward(self, x):
        if not self.training:
            return x
        mask = np.random.binomial(1, self.keep, size=tuple(x.shape)) / self.keep
        return x * torch.from_numpy(mask).to(x)


class NumpyUnscaled(Inverted):
    def forward(self, x):
        if not self.training:
            return x
        return x * torch.from_numpy(np.random.binomial(1, self.keep, size=tuple(x.shape))).to(x)


class NumpyAlwaysOn(Inverted):
    def forward(self, x):
        return x * torch.from_numpy(np.random.rand(*x.shape) < self.keep).to(x) / self.keep


class _SameBackward(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, keep):
        mask = (torch.rand_like(x) < keep).to(x) / keep
        ctx.save_for_backward(mask)
        return x * mask

    @staticmethod
    def backward(ctx, gradient):
        return gradient * ctx.saved_tensors[0], None


class _FreshBackward(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, keep):
        ctx.keep = keep
        return x * (torch.rand_like(x) < keep) / keep

    @staticmethod
    def backward(ctx, gradient):
        return gradient * (torch.rand_like(gradient) < ctx.keep) / ctx.keep, None


class _StraightBackward(_FreshBackward):
    @staticmethod
    def backward(ctx, gradient):
        return gradient, None


class _BackwardOnly(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, keep):
        ctx.keep = keep
        return x.clone()

    @staticmethod
    def backward(ctx, gradient):
        return gradient * (torch.rand_like(gradient) < ctx.keep) / ctx.keep, None


class Function(Inverted):
    def __init__(self, function, p=0.3):
        super().__init__(p)
        self.function = function

    def forward(self, x):
        return self.function.apply(x, self.keep) if self.training else x


class Gaussian(Inverted):
    def forward(self, x):
        return x * (1 + 0.5 * torch.randn_like(x)) if self.training else x


class Variational(Inverted):
    """One mask for all times of a sequence."""

    def forward(self, x):
        if not self.training:
            return x
        mask = torch.rand(x.shape[0], 1, x.shape[2], device=x.device) < self.keep
        return x * mask / self.keep


class DropPath(Inverted):
    def forward(self, x):
        if not self.training:
            return x
        shape = (x.shape[0],) + (1,) * (x.dim() - 1)
        return x * (torch.rand(shape, device=x.device) < self.keep) / self.keep


class UnscaledDropPath(DropPath):
    def forward(self, x):
        return super().forward(x) * self.keep if self.training else x
