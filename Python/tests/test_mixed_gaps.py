"""Gaps in which several dropouts lie beside each other."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

import numpy as np  # noqa: E402
import torch.nn.functional as F  # noqa: E402
import zoo  # noqa: E402
import zoo_dropouts  # noqa: E402
from torch import nn  # noqa: E402

import dropscope  # noqa: E402

pytestmark = pytest.mark.usefixtures("repeatable")


class Beside(nn.Module):
    """Many columns with one dropout, and a few with another."""

    def __init__(self, many, few, count):
        super().__init__()
        self.wide, self.narrow = nn.Linear(24, 100), nn.Linear(24, count)
        self.many, self.few, self.out = many, few, nn.Linear(100 + count, 2)

    def forward(self, x):
        return self.out(torch.cat([self.many(self.wide(x)), self.few(self.narrow(x))], 1))


class Sliced(nn.Module):
    """One layer's output, dropped by two rates along an axis."""

    def __init__(self, axis, drop):
        super().__init__()
        self.axis, self.drop = axis, drop
        self.first, self.out = nn.Linear(24, 64), nn.Linear(64, 3)

    def forward(self, x):
        x = self.first(x)
        count = x.shape[self.axis]
        many, few = x.split([count - 3, 3], self.axis)
        rates = self.drop(many, 0.1, self.training), self.drop(few, 0.7, self.training)
        return self.out(torch.cat(rates, self.axis))


def by_hand(x, p, training):
    return x * (torch.rand_like(x) >= p) / (1 - p) if training else x


def bugs(model, *shape):
    report = dropscope.check(model, torch.randn(*shape), quiet=True)
    return {finding.verdict.value for finding in report.findings if finding.severity == "bug"}


@pytest.mark.parametrize("count", [2, 3, 4, 40])
@pytest.mark.parametrize("examples", [8, 64])
def test_two_right_dropouts_of_different_rates_are_right(count, examples):
    model = Beside(nn.Dropout(0.2), nn.Dropout(0.5), count)
    assert bugs(model, examples, 24) == set()


@pytest.mark.parametrize("drop", [F.dropout, by_hand])
def test_two_rates_along_the_units_or_the_positions_of_one_tensor(drop):
    assert bugs(Sliced(1, drop), 64, 24) == set()
    assert bugs(Sliced(1, drop), 16, 90, 24) == set()


@pytest.mark.parametrize("count", [3, 40])
def test_a_bug_beside_a_right_dropout_of_another_rate_is_named(count):
    assert bugs(Beside(nn.Dropout(0.2), zoo.Unscaled(), count), 64, 24) == {"unscaled"}
    assert bugs(Beside(zoo.Unscaled(), nn.Dropout(0.2), count), 64, 24) == {"unscaled"}
    assert bugs(Beside(nn.Dropout(0.2), zoo.Twice(), count), 64, 24) == {"scaled-twice"}
    assert bugs(Beside(zoo.Twice(), nn.Dropout(0.2), count), 64, 24) == {"scaled-twice"}


def unseen(is_scaled):
    """A drop whose larger part is dropped by NumPy, which nobody is told of."""

    def drop(x, p, training):
        if p > 0.5 or not training:
            return F.dropout(x, p, training)
        mask = torch.from_numpy(np.random.random(tuple(x.shape)) >= p).to(x)
        return x * mask / (1 - p) if is_scaled else x * mask

    return drop


def test_the_larger_part_is_judged_where_nobody_sees_who_drops():
    assert bugs(Sliced(1, unseen(True)), 64, 24) == set()
    assert bugs(Sliced(1, unseen(False)), 64, 24) == {"unscaled"}


class Bent(nn.Module):
    """A function that is not linear behind a dropout, and a factor in training besides."""

    def __init__(self, drop, function, times=1.0, own_share=False):
        super().__init__()
        self.first, self.out = nn.Linear(24, 48), nn.Linear(48, 2)
        self.drop, self.function, self.times, self.own_share = drop, function, times, own_share

    def forward(self, x):
        x = self.function(self.drop(self.first(x)))
        if not self.training:
            return self.out(x)
        if self.own_share:
            x = x / (x != 0).float().mean()
        return self.out(x * self.times)


class Called(nn.Module):
    """A dropout that is called as a function."""

    def forward(self, x):
        return F.dropout(x, 0.3, self.training)


BENT = [torch.square, lambda x: x.relu() ** 2, lambda x: x.abs() ** 1.5]


@pytest.mark.parametrize(
    "drop", [nn.Dropout(0.3), Called(), zoo_dropouts.Inverted(), zoo_dropouts.Classic()]
)
@pytest.mark.parametrize("function", BENT)
def test_a_function_that_is_not_linear_behind_a_right_dropout(drop, function):
    report = dropscope.check(Bent(drop, function), torch.randn(64, 24), quiet=True)
    assert report.ok
    assert report.gaps[1].verdict == "right"
    assert "not linear" in report.gaps[1].sentence


@pytest.mark.parametrize("function", [*BENT, nn.Identity()])
def test_a_bug_beside_a_function_that_is_not_linear_is_found(function):
    for drop in (nn.Dropout(0.3), Called()):
        assert bugs(Bent(drop, function, 1 / 0.7), 64, 24)
        assert bugs(Bent(drop, function, own_share=True), 64, 24)
    for drop in (zoo.Unscaled(), zoo.Twice(), zoo_dropouts.NumpyUnscaled()):
        assert bugs(Bent(drop, function), 64, 24)
