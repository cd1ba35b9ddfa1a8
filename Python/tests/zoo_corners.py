"""Networks in which dropout is hard to see, or something else is easily taken for it."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn


class Joined(nn.Module):
    """Dropout on 32 features, to which many more are joined that nothing is done to."""

    def __init__(self, drop, width=700):
        super().__init__()
        self.wide, self.narrow = nn.Linear(20, width), nn.Linear(width, 32)
        self.drop, self.out = drop, nn.Linear(width + 32, 5)

    def forward(self, x):
        x = torch.relu(self.wide(x))
        return self.out(torch.cat([x, self.drop(self.narrow(x))], 1))


class Scaled(nn.Module):
    """A branch with a scale of its own behind the dropout or in front of it."""

    def __init__(self, drop, scale, first=False):
        super().__init__()
        self.norm, self.fc, self.drop, self.first = nn.LayerNorm(32), nn.Linear(32, 32), drop, first
        self.scale = nn.Parameter(torch.full((32,), scale))

    def forward(self, x):
        h = self.fc(self.norm(x))
        return x + (self.drop(h * self.scale) if self.first else self.drop(h) * self.scale)


def scaled(drop, scale, first=False):
    blocks = [Scaled(drop(), scale, first) for _ in range(2)]
    return nn.Sequential(nn.Linear(20, 32), *blocks, nn.Linear(32, 5))


class Branch(nn.Module):
    """A residual branch whose dropout is right, and which is scaled by hand besides."""

    def __init__(self, kind, drop=None):
        super().__init__()
        self.norm, self.fc, self.kind = nn.LayerNorm(32), nn.Linear(32, 32), kind
        self.drop = nn.Dropout(0.2) if drop is None else drop

    def forward(self, x):
        return x + getattr(self, self.kind)(F.gelu(self.fc(self.norm(x))))

    def right(self, h):
        return self.drop(h)

    def behind(self, h):
        return self.drop(h) / 0.8 if self.training else self.drop(h)

    def tenfold(self, h):
        return self.drop(h) / 0.1 if self.training else self.drop(h)

    def undone(self, h):
        return self.drop(h) * 0.8 if self.training else self.drop(h)

    def before(self, h):
        return self.drop(h / 0.8 if self.training else h)

    def skipped_at_test(self, h):
        return self.drop(h) / 0.8 if self.training else h

    def at_test(self, h):
        return self.drop(h) if self.training else self.drop(h) * 0.8

    def by_tensor(self, h):
        return self.drop(h) * (h.new_full((32,), 1.25) if self.training else 1)

    def twice_classic(self, h):
        # Divided by what is kept, and multiplied with it again: right in a roundabout way.
        return self.drop(h) * 0.8 if self.training else h * 0.8

    def dropped_ones(self, h):
        return h * F.dropout(torch.ones_like(h), 0.2, self.training)

    def ones_for_all(self, h):
        return h * F.dropout(torch.ones(1, 32), 0.3, self.training)

    def attenuated(self, h):
        return self.drop(h).sign() * h.abs().sqrt() if self.training else self.drop(h)


def branches(kind, drop=lambda: None):
    blocks = [Branch(kind, drop()) for _ in range(2)]
    return nn.Sequential(nn.Linear(20, 32), *blocks, nn.LayerNorm(32), nn.Linear(32, 5))


class Zoneout(nn.Module):
    """Keeps some of the old state in place of the new one, and their mean at test."""

    def __init__(self, kind):
        super().__init__()
        self.cell, self.out, self.kind = nn.GRUCell(32, 24), nn.Linear(24, 5), kind

    def forward(self, x):
        h = x.new_ones(len(x), 24)
        for time in range(x.shape[1]):
            new = self.cell(x[:, time], h)
            if not self.training:
                h = 0.1 * h + 0.9 * new
            elif self.kind == "lerp":
                h = torch.lerp(h, new, (torch.rand_like(new) < 0.9).float())
            elif self.kind == "where":
                h = torch.where(torch.rand_like(new) < 0.1, h, new)
            else:
                old = (torch.rand_like(new) < 0.1).float()
                h = old * h + (1 - old) * new
        return self.out(h)


class Erased(nn.Module):
    """Augments its own inputs by erasing blocks of them."""

    def __init__(self, kind):
        super().__init__()
        self.kind = kind
        self.conv, self.out = nn.Conv2d(3, 8, 3, padding=1), nn.Linear(32, 5)

    def forward(self, x):
        if self.training:
            x = x.clone()
            for example in x if self.kind == "each" else [x]:
                top, left = torch.randint(0, 5, (2,)).tolist()
                example[..., top : top + 3, left : left + 3] = 0
                if self.kind == "bands":
                    example[..., top, :] = 0
        return self.out(F.adaptive_avg_pool2d(torch.relu(self.conv(x)), 2).flatten(1))


class Sampled(nn.Module):
    """One class out of several, drawn in one mode or in both."""

    def __init__(self, kind):
        super().__init__()
        self.code, self.out, self.kind = nn.Linear(20, 16), nn.Linear(16, 5), kind

    def forward(self, x):
        scores = self.code(x)
        if self.training or self.kind == "both":
            return self.out(F.gumbel_softmax(scores, hard=True))
        return self.out(F.one_hot(scores.argmax(-1), 16).to(scores))


class Gated(nn.Module):
    """Gates that are drawn in both modes, by probabilities that the values have."""

    def __init__(self, kind):
        super().__init__()
        self.fc, self.gate, self.out = nn.Linear(20, 32), nn.Linear(20, 64), nn.Linear(32, 5)
        self.kind = kind

    def forward(self, x):
        scores = self.gate(x).view(-1, 32, 2)
        if self.kind == "gumbel":
            gate = F.gumbel_softmax(scores, hard=True)[..., 0]
        elif self.kind == "bernoulli":
            gate = torch.bernoulli(scores[..., 0].sigmoid())
        else:
            gate = (torch.rand(scores.shape[:2]) < scores[..., 0].sigmoid()).float()
        return self.out(self.fc(x) * gate)


class AttentionFunction(nn.Module):
    """Calls the function of attention itself, which drops unless it is told otherwise."""

    def __init__(self, is_told):
        super().__init__()
        self.fc, self.out, self.is_told = nn.Linear(32, 32), nn.Linear(32, 5), is_told
        self.attention = nn.MultiheadAttention(32, 4, dropout=0.2)

    def forward(self, x):
        x, a = self.fc(x).transpose(0, 1), self.attention
        y, _ = F.multi_head_attention_forward(
            x, x, x, 32, 4, a.in_proj_weight, a.in_proj_bias, None, None, False, a.dropout,
            a.out_proj.weight, a.out_proj.bias, training=self.training or not self.is_told,
        )  # fmt: skip
        return self.out(y.transpose(0, 1))
