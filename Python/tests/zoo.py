"""Models of known truth: each bug beside a twin that is right."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.checkpoint import checkpoint


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


class Recurrent(nn.Module):
    def __init__(self, drop, batch_first=True, kind=nn.LSTM):
        super().__init__()
        self.embedding = nn.Embedding(50, 16)
        self.rnn = kind(16, 32, 2, dropout=0.2, batch_first=batch_first)
        self.drop, self.out = drop, nn.Linear(32, 50)

    def forward(self, tokens):
        return self.out(self.drop(self.rnn(self.embedding(tokens))[0]))


class Attention(nn.Module):
    """Attention by hand, with dropout on its weights."""

    def __init__(self, drop=None, fused=None):
        super().__init__()
        self.q, self.k, self.v = (nn.Linear(32, 32) for _ in range(3))
        self.o, self.head = nn.Linear(32, 32), nn.Linear(32, 4)
        self.drop, self.fused = drop, fused

    def forward(self, x):
        q, k, v = self.q(x), self.k(x), self.v(x)
        if self.fused is not None:
            p = 0.3 if self.training or self.fused == "always" else 0.0
            h = F.scaled_dot_product_attention(q, k, v, dropout_p=p)
        else:
            weights = torch.softmax(q @ k.transpose(1, 2) / 32**0.5, -1)
            h = self.drop(weights) @ v
        return self.head(self.o(h))


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


class WordDrop(nn.Module):
    """Drops whole words, the same in all examples, as language models do."""

    def __init__(self, scale=True):
        super().__init__()
        self.embedding = nn.Embedding(50, 16)
        self.rnn, self.out, self.scale = nn.LSTM(16, 32, batch_first=True), nn.Linear(32, 50), scale

    def forward(self, tokens):
        weight = self.embedding.weight
        if self.training:
            mask = (torch.rand(50, 1) < 0.8).float()
            weight = weight * (mask / 0.8 if self.scale else mask)
        return self.out(self.rnn(F.embedding(tokens, weight))[0])


class Packed(nn.Module):
    """Sequences of several lengths."""

    def __init__(self, drop):
        super().__init__()
        self.rnn, self.out, self.drop = nn.GRU(32, 32, batch_first=True), nn.Linear(32, 5), drop

    def forward(self, x):
        lengths = torch.arange(len(x)) % x.shape[1] + 1
        packed = nn.utils.rnn.pack_padded_sequence(x, lengths, True, enforce_sorted=False)
        h = nn.utils.rnn.pad_packed_sequence(self.rnn(packed)[0], batch_first=True)[0]
        return self.out(self.drop(h))


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


def transformer(p=0.2, **options):
    layer = nn.TransformerEncoderLayer(32, 4, 64, dropout=p, batch_first=True, **options)
    return nn.Sequential(nn.TransformerEncoder(layer, 2, enable_nested_tensor=False),
                         nn.Linear(32, 5))  # fmt: skip


def vectors(count=64):
    return torch.randn(count, 20)


def images():
    return torch.randn(32, 3, 8, 8)


def sequences():
    return torch.randn(32, 6, 32)


def tokens():
    return torch.randint(0, 50, (32, 7))


def tokens_by_time():
    return torch.randint(0, 50, (7, 32))


def named():
    return {"left": torch.randn(64, 20), "right": torch.randn(64, 10)}


#: Name, model, batch, and the verdict that must be found; the worst of the model.
RIGHT = {
    "nn.Dropout": (lambda: mlp(nn.Dropout(0.3)), vectors, "right"),
    "small p": (lambda: mlp(nn.Dropout(0.02)), vectors, "right"),
    "large p": (lambda: mlp(nn.Dropout(0.9), width=256), vectors, "right"),
    "half, where swapped is right": (lambda: mlp(Swapped(0.5)), vectors, "right"),
    "in place": (lambda: mlp(nn.Dropout(0.3, inplace=True), nn.GELU), vectors, "right"),
    "inverted class": (lambda: mlp(Inverted()), vectors, "right"),
    "classic class": (lambda: mlp(Classic()), vectors, "right"),
    "numpy mask": (lambda: mlp(NumpyMask()), vectors, "right"),
    "GELU before": (lambda: mlp(nn.Dropout(0.3), nn.GELU), vectors, "right"),
    "SiLU in place": (lambda: mlp(nn.Dropout(0.3), lambda: nn.SiLU(True)), vectors, "right"),
    "ReLU6": (lambda: mlp(nn.Dropout(0.3), nn.ReLU6), vectors, "right"),
    "Hardtanh": (lambda: mlp(nn.Dropout(0.5), lambda: nn.Hardtanh(-0.1, 0.1)), vectors, "right"),
    "own function": (lambda: mlp(Function(_SameBackward)), vectors, "right"),
    "none": (lambda: mlp(nn.Identity()), vectors, "none"),
    "p = 0": (lambda: mlp(nn.Dropout(0.0)), vectors, "none"),
    "inline": (lambda: Inline("right"), vectors, "right"),
    "inline masked_fill": (lambda: Inline("filled"), vectors, "right"),
    "inline floor": (lambda: Inline("floored"), vectors, "right"),
    "functional": (lambda: Inline("functional"), vectors, "right"),
    "on the inputs": (
        lambda: nn.Sequential(nn.Dropout(0.2), nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 5)),
        vectors, "right"),
    "behind the last layer": (
        lambda: nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 64), nn.Dropout(0.3)),
        vectors, "after-output"),
    "Dropout2d": (lambda: convolutional(nn.Dropout2d(0.3)), images, "channels"),
    "Dropout on images": (lambda: convolutional(nn.Dropout(0.3)), images, "right"),
    "batch norm before": (lambda: convolutional(nn.Dropout(0.3), nn.BatchNorm2d), images, "right"),
    "batch norm, classic": (lambda: mlp(Classic(), norm=nn.BatchNorm1d), vectors, "right"),
    "dropout before batch norm": (
        lambda: nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Dropout(0.1), nn.BatchNorm1d(64),
                              nn.Linear(64, 5)),
        vectors, "right"),
    "layer norm": (lambda: mlp(nn.Dropout(0.3), norm=nn.LayerNorm), vectors, "right"),
    "dropout before layer norm": (
        lambda: nn.Sequential(nn.Linear(20, 64), nn.Dropout(0.3), nn.LayerNorm(64),
                              nn.Linear(64, 5)),
        vectors, "right"),
    "alpha dropout": (lambda: mlp(nn.AlphaDropout(0.2), nn.SELU), vectors, "right"),
    "residual": (lambda: Residual(nn.Dropout(0.3)), vectors, "right"),
    "residual, no norm": (lambda: Residual(nn.Dropout(0.3), norm=False), vectors, "right"),
    "residual, classic": (lambda: Residual(Classic()), vectors, "right"),
    "residual, inline": (lambda: InlineResidual("right"), vectors, "right"),
    "residual, inline classic": (lambda: InlineResidual("classic"), vectors, "right"),
    "drop path": (lambda: Residual(DropPath(0.2)), vectors, "right"),
    "LSTM": (lambda: Recurrent(nn.Dropout(0.3)), tokens, "right"),
    "LSTM, time first": (lambda: Recurrent(nn.Dropout(0.3), False), tokens_by_time, "right"),
    "GRU, variational": (lambda: Recurrent(Variational(), kind=nn.GRU), tokens, "channels"),
    "locked over time": (lambda: Recurrent(SharedMask(0.3), False), tokens_by_time, "channels"),
    "whole words": (WordDrop, tokens, "right"),
    "packed sequences": (lambda: Packed(nn.Dropout(0.3)), sequences, "right"),
    "attention": (lambda: Attention(nn.Dropout(0.2)), sequences, "right"),
    "attention, inverted class": (lambda: Attention(Inverted()), sequences, "right"),
    "attention, fused": (lambda: Attention(fused="training"), sequences, "right"),
    "transformer": (transformer, sequences, "right"),
    "transformer, norm first": (lambda: transformer(norm_first=True), sequences, "right"),
    "layer called twice": (lambda: Shared(nn.Dropout(0.3)), vectors, "right"),
    "frozen layers": (lambda: frozen(nn.Dropout(0.3)), vectors, "right"),
    "weights dropped": (
        lambda: nn.Sequential(WeightDrop(20, 64), nn.ReLU(), nn.Linear(64, 5)), vectors, "right"),
    "layer drops its input": (
        lambda: nn.Sequential(nn.Linear(20, 64), nn.ReLU(), DropLinear(64, 64), nn.ReLU(),
                              nn.Linear(64, 5)),
        vectors, "right"),
    "Gaussian noise": (lambda: mlp(Gaussian()), vectors, "unclear"),
    "samples at test": (Sampler, vectors, "unclear"),
    "checkpointed": (lambda: Checkpointed(True), vectors, "right"),
    "checkpointed, reentrant": (lambda: Checkpointed(True, True), vectors, "right"),
    "max norm in forward": (MaxNorm, vectors, "right"),
    "dictionary": (lambda: Mixed(nn.Dropout(0.3)), named, "right"),
}  # fmt: skip

WRONG = {
    "unscaled class": (lambda: mlp(Unscaled()), vectors, "unscaled"),
    "unscaled, small p": (lambda: mlp(Unscaled(0.05)), vectors, "unscaled"),
    "numpy unscaled": (lambda: mlp(NumpyUnscaled()), vectors, "unscaled"),
    "inline unscaled": (lambda: Inline("unscaled"), vectors, "unscaled"),
    "inline assigned": (lambda: Inline("assigned"), vectors, "unscaled"),
    "scaled twice": (lambda: mlp(Twice()), vectors, "scaled-twice"),
    "scaled in both modes": (lambda: mlp(ClassicTwice()), vectors, "scaled-twice"),
    "swapped": (lambda: mlp(Swapped(0.3)), vectors, "swapped"),
    "inline swapped": (lambda: Inline("swapped"), vectors, "swapped"),
    "another factor": (lambda: mlp(HalfScaled()), vectors, "wrong-factor"),
    "functional without training": (lambda: Inline("forgotten"), vectors, "on-at-test"),
    "torch.where always": (lambda: Inline("chosen"), vectors, "on-at-test"),
    "class always on": (lambda: mlp(AlwaysOn()), vectors, "on-at-test"),
    "numpy always on": (lambda: mlp(NumpyAlwaysOn()), vectors, "on-at-test"),
    "in a plain list": (Hidden, vectors, "on-at-test"),
    "deaf to eval": (lambda: DeafToEval(*mlp(nn.Dropout(0.3))), vectors, "on-at-test"),
    "attention always on": (lambda: Attention(fused="always"), sequences, "on-at-test"),
    "residual always on": (lambda: Residual(AlwaysOn()), vectors, "on-at-test"),
    "layer drops its input, always": (
        lambda: nn.Sequential(nn.Linear(20, 64), nn.ReLU(), DropLinear(64, 64, always=True),
                              nn.ReLU(), nn.Linear(64, 5)),
        vectors, "on-at-test"),
    "whole words, unscaled": (lambda: WordDrop(False), tokens, "unscaled"),
    "packed sequences, unscaled": (lambda: Packed(Unscaled()), sequences, "unscaled"),
    "everything": (lambda: mlp(nn.Dropout(1.0)), vectors, "wrong-factor"),
    "fixed mask": (lambda: mlp(FixedMask()), vectors, "fixed-mask"),
    "mask of the first call": (lambda: mlp(LazyFixedMask()), vectors, "fixed-mask"),
    "shared mask": (lambda: mlp(SharedMask()), vectors, "shared-mask"),
    "shared mask on images": (lambda: convolutional(SharedMask()), images, "shared-mask"),
    "fresh mask backward": (lambda: mlp(Function(_FreshBackward)), vectors, "backward-differs"),
    "no mask backward": (lambda: mlp(Function(_StraightBackward)), vectors, "backward-differs"),
    "backward only": (lambda: mlp(Function(_BackwardOnly)), vectors, "backward-only"),
    "unscaled before batch norm": (
        lambda: nn.Sequential(nn.Linear(20, 64), nn.ReLU(), Unscaled(), nn.BatchNorm1d(64),
                              nn.Linear(64, 5)),
        vectors, "unscaled"),
    "unscaled before layer norm": (
        lambda: nn.Sequential(nn.Linear(20, 64), Unscaled(), nn.LayerNorm(64), nn.Linear(64, 5)),
        vectors, "unscaled"),
    "residual unscaled": (lambda: Residual(Unscaled()), vectors, "unscaled"),
    "residual inline unscaled": (lambda: InlineResidual("unscaled"), vectors, "unscaled"),
    "residual swapped": (lambda: Residual(Swapped()), vectors, "swapped"),
    "attention unscaled": (lambda: Attention(Unscaled()), sequences, "unscaled"),
    "images unscaled": (lambda: convolutional(Unscaled(), nn.BatchNorm2d), images, "unscaled"),
    "LSTM, swapped behind": (lambda: Recurrent(Swapped()), tokens, "swapped"),
    "LSTM, unscaled behind, time first": (
        lambda: Recurrent(Unscaled(), False), tokens_by_time, "unscaled"),
    "layer called twice, unscaled": (lambda: Shared(Unscaled()), vectors, "unscaled"),
    "unscaled drop path": (lambda: Residual(UnscaledDropPath()), vectors, "unscaled"),
    "frozen layers, unscaled": (lambda: frozen(Unscaled()), vectors, "unscaled"),
    "unscaled behind the last layer": (
        lambda: nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 64), Unscaled()),
        vectors, "unscaled"),
    "checkpoint forgets the masks": (lambda: Checkpointed(False), vectors, "backward-differs"),
    "reentrant checkpoint forgets the masks": (
        lambda: Checkpointed(False, True), vectors, "gradient-mismatch"),
    "dictionary, unscaled": (lambda: Mixed(Unscaled()), named, "unscaled"),
}  # fmt: skip


def build(row, seed):
    """The model and its batch from one row, repeatable."""
    torch.manual_seed(seed)
    np.random.seed(seed)
    model, batch, verdict = row
    return model(), batch(), verdict
