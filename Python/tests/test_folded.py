"""Classic dropout whose scale acts behind the gap, beside twins that are wrong."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

import torch.nn.functional as F  # noqa: E402
from torch import nn  # noqa: E402

import dropscope  # noqa: E402

pytestmark = pytest.mark.usefixtures("repeatable")


def masked(x, training):
    return x * (torch.rand_like(x) < 0.7) if training else x


class Weights(nn.Linear):
    """Multiplies its weights at test, and its bias where it is told to."""

    def __init__(self, units, others, keep, with_bias=False):
        super().__init__(units, others)
        self.keep, self.with_bias = keep, with_bias

    def forward(self, x):
        scale = 1.0 if self.training else self.keep
        return F.linear(x, scale * self.weight, (scale if self.with_bias else 1) * self.bias)


class Refuses(Weights):
    """Takes no zeros."""

    def forward(self, x):
        if not x.any():
            raise ValueError("nothing is given")
        return super().forward(x)


class Scaled(nn.Module):
    """A network with a mask that scales nothing, in front of a layer that may."""

    def __init__(self, layer, times=1.0):
        super().__init__()
        self.first, self.second, self.times = nn.Linear(24, 64), layer, times
        self.out = nn.Linear(64, 2)

    def forward(self, x):
        y = self.second(masked(self.first(x).relu(), self.training))
        return self.out((y if self.training else self.times * y).relu())


class Filters(nn.Module):
    """The same with a convolution."""

    def __init__(self, times):
        super().__init__()
        self.first, self.second = nn.Conv2d(3, 8, 3), nn.Conv2d(8, 8, 3)
        self.times, self.out = times, nn.Linear(8, 2)

    def forward(self, x):
        x = masked(self.first(x).relu(), self.training)
        scale = 1.0 if self.training else self.times
        x = self.second(x) * scale
        return self.out(x.relu().mean((2, 3)))


def looked(model, *shape):
    report = dropscope.check(model, torch.randn(*(shape or (64, 24))), quiet=True)
    return report, {f.verdict.value for f in report.findings if f.severity == "bug"}


def test_weights_times_the_share_that_is_kept_at_test_are_right():
    report, _ = looked(Scaled(Weights(64, 64, 0.7)))
    assert report.ok
    assert report.gaps[1].verdict == "right"
    assert "multiplies by 0.7 at test" in report.gaps[1].sentence
    assert "All gaps are right." in str(report)


def test_a_bias_that_is_scaled_too_cannot_be_judged():
    report, _ = looked(Scaled(Weights(64, 64, 0.7, with_bias=True)))
    assert report.ok
    assert report.gaps[1].verdict == "unclear"
    assert "bias" in report.gaps[1].sentence


@pytest.mark.parametrize("keep", [0.5, 0.65, 1.0, 1 / 0.7])
def test_weights_times_another_number_are_wrong(keep):
    assert looked(Scaled(Weights(64, 64, keep)))[1] & {"unscaled", "wrong-factor"}
    assert looked(Scaled(nn.Linear(64, 64), keep))[1] & {"unscaled", "wrong-factor"}
    assert looked(Filters(keep), 16, 3, 9, 9)[1] & {"unscaled", "wrong-factor"}


def test_a_layer_that_cannot_be_asked_is_not_taken_for_the_scale():
    assert looked(Scaled(Refuses(64, 64, 0.7)))[1] == {"unscaled"}


@pytest.mark.parametrize(
    ("model", "shape"),
    [(Scaled(nn.Linear(64, 64, bias=False), 0.7), (64, 24)), (Filters(0.7), (16, 3, 9, 9))],
)
def test_sums_times_the_share_that_is_kept_cannot_be_judged(model, shape):
    report, found = looked(model, *shape)
    assert found == set()
    assert [gap.verdict.value for gap in report.gaps] == ["none", "unclear", "unclear", "none"]
    assert all("by 0.7 at test alone" in report.gaps[index].sentence for index in (1, 2))


def test_a_factor_that_makes_up_for_no_dropout_is_wrong():
    unmasked = nn.Sequential(nn.Linear(24, 64), nn.ReLU(), Halved(), nn.Linear(64, 2))
    assert looked(unmasked)[1] == {"wrong-factor"}


class Halved(nn.Module):
    """Half of its input at test."""

    def forward(self, x):
        return x if self.training else x / 2
