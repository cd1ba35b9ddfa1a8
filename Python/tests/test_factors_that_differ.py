"""Masks whose results are multiplied with a tensor: only the mean can be judged."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

from torch import nn  # noqa: E402
from torch.nn import functional as F  # noqa: E402

import dropscope  # noqa: E402

pytestmark = pytest.mark.usefixtures("one_thread")
KEEP = 0.7


@pytest.fixture(autouse=True)
def _seeded():
    torch.manual_seed(1)


class Plain(nn.Module):
    """A function of one's own between two layers."""

    def __init__(self, function):
        super().__init__()
        self.first, self.out = nn.Linear(24, 64), nn.Linear(64, 3)
        self.scale = nn.Parameter(torch.linspace(0.5, 1.5, 64))
        self.function = function

    def forward(self, x):
        x = self.first(x).relu()
        return self.out(self.function(x, self))


class Beside(Plain):
    """The same on a branch, where the gap does not tell by itself."""

    def __init__(self, function):
        super().__init__(function)
        self.middle = nn.Linear(64, 64)

    def forward(self, x):
        x = self.first(x).relu()
        return self.out(x + self.function(F.gelu(self.middle(x)), self))


def mask(x):
    return (torch.rand_like(x) < KEEP).float()


def own_share(x, model):
    m = mask(x)
    return x * m / m.mean(-1, keepdim=True) if model.training else x


def own_share_as_a_factor(x, model):
    m = mask(x)
    return x * m * (x.shape[1] / m.sum(1, keepdim=True)) if model.training else x


def own_share_first(x, model):
    m = mask(x)
    return x * (m / m.mean(-1, keepdim=True)) if model.training else x


def share_of_a_unit(x, model):
    m = mask(x)
    return x * m / m.mean(0, keepdim=True) if model.training else x


def own_rate(x, model):
    keep = torch.empty(len(x), 1).uniform_(0.5, 0.9)
    return x * (torch.rand_like(x) < keep) / keep if model.training else x


def a_vector(x, model):
    return x * mask(x) / torch.full((x.shape[1],), KEEP) if model.training else x


RIGHT = [own_share, own_share_as_a_factor, own_share_first, share_of_a_unit, own_rate, a_vector]


@pytest.mark.parametrize("network", [Plain, Beside])
@pytest.mark.parametrize("function", RIGHT)
def test_a_mean_of_one_is_right(network, function):
    report = dropscope.check(network(function), torch.randn(48, 24), quiet=True)
    gap = report.gaps[-2]
    assert report.ok
    assert gap.verdict == "right", str(report)
    assert gap.keep == pytest.approx(KEEP, abs=0.02)
    if function is not a_vector:
        assert gap.factor is None
        assert "factors that differ" in gap.sentence


@pytest.mark.parametrize("network", [Plain, Beside])
def test_another_mean_cannot_be_judged(network):
    def function(x, model):
        m = mask(x)
        # Once too often.
        return x * m / m.mean(-1, keepdim=True) ** 2 if model.training else x

    report = dropscope.check(network(function), torch.randn(48, 24), quiet=True)
    assert report.ok
    assert report.gaps[-2].verdict == "unclear"
    assert "differ between examples or units" in report.gaps[-2].sentence


class Attention(nn.Module):
    """Weights are dropped, and sum up to 1 again in both modes."""

    def __init__(self):
        super().__init__()
        self.first, self.value, self.out = nn.Linear(24, 32), nn.Linear(32, 32), nn.Linear(32, 3)

    def forward(self, x):
        x = self.first(x)
        weights = torch.softmax(x @ x.transpose(1, 2) / 8, -1)
        if self.training:
            weights = weights * mask(weights)
        weights = weights / weights.sum(-1, keepdim=True).clamp_min(1e-6)
        return self.out(weights @ self.value(x))


def test_weights_that_are_normed_again_are_not_called_unscaled():
    report = dropscope.check(Attention(), torch.randn(16, 9, 24), quiet=True)
    assert report.ok
    (gap,) = [gap for gap in report.gaps if gap.verdict != "none"]
    assert gap.verdict == "unclear"
    assert "normed again" in gap.sentence


def plain_scale(x, model):
    return (x * mask(x) if model.training else x) * model.scale


def gated(x, model):
    gate = torch.sigmoid(x)
    return (x * mask(x) if model.training else x) * gate


def by_its_own_gate(x, model):
    x = x * mask(x) if model.training else x
    return x * torch.sigmoid(x)


def own_rate_unscaled(x, model):
    keep = torch.empty(len(x), 1).uniform_(0.6, 0.8)
    return x * (torch.rand_like(x) < keep) if model.training else x


def twice_the_same(x, model):
    m = mask(x)
    return x * m * m if model.training else x


UNSCALED = [plain_scale, gated, by_its_own_gate, own_rate_unscaled, twice_the_same]


@pytest.mark.parametrize("network", [Plain, Beside])
@pytest.mark.parametrize("function", UNSCALED)
def test_a_factor_of_both_modes_hides_no_mask_that_is_unscaled(network, function):
    report = dropscope.check(network(function), torch.randn(48, 24), quiet=True)
    assert not report.ok
    assert report.gaps[-2].verdict == "unscaled", str(report)
