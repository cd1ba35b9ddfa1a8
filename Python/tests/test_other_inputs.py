"""Inputs of layers beside the first: the state of a cell, the keys and values of attention."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from torch import nn  # noqa: E402

import dropscope  # noqa: E402

pytestmark = pytest.mark.usefixtures("one_thread")


class Cells(nn.Module):
    """A mask acts on the state of a cell, from step to step."""

    def __init__(self, mask, kind):
        super().__init__()
        self.cell, self.out, self.mask = kind(12, 32), nn.Linear(32, 3), mask

    def forward(self, x):
        state = x.new_ones(len(x), 32)
        memory = state
        for time in range(x.shape[1]):
            state = self.mask(state, self.training)
            if isinstance(self.cell, nn.LSTMCell):
                state, memory = self.cell(x[:, time], (state, memory))
            else:
                state = self.cell(x[:, time], state)
        return self.out(state)


class Keys(nn.Module):
    """A mask acts on the keys and values of attention, and not on its queries."""

    def __init__(self, mask):
        super().__init__()
        self.first, self.out, self.mask = nn.Linear(12, 32), nn.Linear(32, 3), mask
        self.attention = nn.MultiheadAttention(32, 4, batch_first=True)

    def forward(self, x):
        x = self.first(x)
        memory = self.mask(x, self.training)
        return self.out(self.attention(x, memory, memory)[0])


class Made:
    """A mask that is drawn once and for all."""

    def __init__(self):
        self.mask = torch.bernoulli(torch.full((32,), 0.7)) / 0.7

    def __call__(self, x, is_training):
        return x * self.mask if is_training else x


def by_numpy(factor, tested=1.0):
    def mask(x, is_training):
        if not is_training:
            return x * tested
        return x * torch.from_numpy(np.random.binomial(1, 0.7, size=tuple(x.shape))).to(x) * factor

    return mask


MASKS = {
    "fixed-mask": Made,
    "unscaled": lambda: by_numpy(1.0),
    "scaled-twice": lambda: by_numpy(1 / 0.49),
    "wrong-factor": lambda: lambda x, is_training: x * 0.8 if is_training else x,
    "right": lambda: by_numpy(1 / 0.7),
    "right, classic": lambda: by_numpy(1.0, 0.7),
    "none": lambda: lambda x, is_training: x,
}
MODELS = {
    "GRU": lambda mask: Cells(mask, nn.GRUCell),
    "LSTM": lambda mask: Cells(mask, nn.LSTMCell),
    "attention": Keys,
}


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("name", MASKS)
def test_what_acts_on_another_input_is_judged(model, name):
    torch.manual_seed(2)
    np.random.seed(2)
    mask = MASKS[name]()
    report = dropscope.check(MODELS[model](mask), torch.randn(48, 4, 12), quiet=True)
    expected = name.split(",")[0]
    assert {gap.verdict.value for gap in report.gaps} == {"none", expected}
    assert report.ok is (expected in ("right", "none"))
    if not report.ok:
        assert "input 2" in {gap.what[-7:] for gap in report.gaps if gap.what is not None}


def noisy(x, is_training):
    return x * (1 + 0.5 * torch.randn_like(x)) if is_training else x


def held(x, is_training):
    return torch.where(torch.rand_like(x) < 0.3, x.new_full((), 0.25), x) if is_training else x


@pytest.mark.parametrize("change", [noisy, held])
@pytest.mark.parametrize("model", MODELS)
def test_noise_on_other_inputs_is_not_judged_and_that_is_said(model, change):
    torch.manual_seed(0)
    report = dropscope.check(MODELS[model](change), torch.randn(32, 4, 12), quiet=True)
    assert report.ok
    assert "unclear" in {gap.verdict for gap in report.gaps}
    assert "All gaps are right" not in str(report)
    assert "This is not judged" in str(report)
