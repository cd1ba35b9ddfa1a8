"""Batches for the networks."""

from __future__ import annotations

import torch


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
