"""Networks for sequences that take a dropout."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn


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


def transformer(p=0.2, **options):
    layer = nn.TransformerEncoderLayer(32, 4, 64, dropout=p, batch_first=True, **options)
    return nn.Sequential(nn.TransformerEncoder(layer, 2, enable_nested_tensor=False),
                         nn.Linear(32, 5))  # fmt: skip
