"""Gaps whose values are right, and whose gradient is not."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

from torch import nn  # noqa: E402
from torch.nn import functional as F  # noqa: E402

import dropscope  # noqa: E402

pytestmark = pytest.mark.usefixtures("one_thread")
ACTIVATIONS = [nn.Identity(), torch.relu, F.gelu, torch.tanh]


@pytest.fixture(autouse=True)
def _seeded():
    torch.manual_seed(1)


class Called(nn.Module):
    """An activation and a function of one's own between two layers."""

    def __init__(self, activation, function):
        super().__init__()
        self.first, self.out = nn.Linear(24, 64), nn.Linear(64, 3)
        self.activation, self.function = activation, function

    def forward(self, x):
        x = self.activation(self.first(x))
        return self.out(self.function(x) if self.training else x)


class _Scaled(torch.autograd.Function):
    """Divides by the share that is kept, and its gradient by a power of it."""

    @staticmethod
    def forward(ctx, x, keep, power):
        mask = (torch.rand_like(x) < keep).float()
        ctx.save_for_backward(mask)
        ctx.scale = keep**-power
        return x * mask / keep

    @staticmethod
    def backward(ctx, gradient):
        return gradient * ctx.saved_tensors[0] * ctx.scale, None, None


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("power", [0, 1, 2, 3])
def test_a_gradient_with_another_scale_is_found_behind_an_activation(activation, power):
    model = Called(activation, lambda x: _Scaled.apply(x, 0.5, power))
    report = dropscope.check(model, torch.randn(48, 24), quiet=True)
    assert report.ok is (power == 1)
    gap = report.gaps[1]
    assert gap.verdict == ("right" if power == 1 else "backward-differs")
    if power != 1:
        assert f"{0.5 ** (1 - power):.2f} times what it should be" in gap.sentence


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_a_rate_that_is_drawn_anew_in_each_pass_is_right(activation):
    model = Called(activation, lambda x: F.dropout(x, float(torch.empty(()).uniform_(0.1, 0.5))))
    report = dropscope.check(model, torch.randn(48, 24), quiet=True)
    assert report.ok
    assert report.gaps[1].verdict == "right"


def through(x):
    y = F.dropout(x, 0.3)
    return y + (x - y).detach()


def by_hand(x):
    y = x * ((torch.rand_like(x) < 0.7) / 0.7)
    return y - y.detach() + x.detach()


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("function", [through, by_hand])
def test_dropout_of_the_gradient_alone_is_found(activation, function):
    report = dropscope.check(Called(activation, function), torch.randn(48, 24), quiet=True)
    assert not report.ok
    assert report.gaps[1].verdict == "backward-only"


class Branch(nn.Module):
    """A branch with a tiny scale behind its dropout."""

    def __init__(self, scale, drop):
        super().__init__()
        self.first, self.middle, self.out = nn.Linear(24, 64), nn.Linear(64, 64), nn.Linear(64, 3)
        self.scale, self.drop = nn.Parameter(torch.full((64,), scale)), drop

    def forward(self, x):
        x = self.first(x).relu()
        return self.out(x + self.scale * self.drop(F.gelu(self.middle(x)), self.training))


def right_by_hand(x, training):
    return x * (torch.rand_like(x) < 0.7) / 0.7 if training else x


@pytest.mark.parametrize("scale", [1e-6, 1e-5, 1e-4, 1e-2])
@pytest.mark.parametrize("drop", [lambda x, on: F.dropout(x, 0.3, on), right_by_hand])
def test_a_branch_with_a_tiny_scale_has_the_gradient_that_it_should(scale, drop):
    assert dropscope.check(Branch(scale, drop), torch.randn(48, 24), quiet=True).ok
