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
def test_a_rate_that_each_pass_draws_for_itself_is_right(activation):
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


class _Masked(torch.autograd.Function):
    """Drops by a mask of its own, and the gradient by what `backward_mask` makes of it."""

    @staticmethod
    def forward(ctx, x, keep, backward_mask):
        mask = (torch.rand_like(x) < keep).float()
        ctx.save_for_backward(backward_mask(mask))
        ctx.keep = keep
        return x * mask / keep

    @staticmethod
    def backward(ctx, gradient):
        return gradient * ctx.saved_tensors[0] / ctx.keep, None, None


class _Called(torch.autograd.Function):
    """Drops by PyTorch's own function, and leaves the scale out of the gradient."""

    @staticmethod
    def forward(ctx, x, scale):
        result = F.dropout(x, 0.5)
        ctx.save_for_backward(result != 0)
        ctx.scale = scale
        return result

    @staticmethod
    def backward(ctx, gradient):
        return gradient * ctx.saved_tensors[0] * ctx.scale, None


class _Fused(torch.autograd.Function):
    """Drops and adds at once, so that it does more than to drop."""

    @staticmethod
    def forward(ctx, x):
        mask = (torch.rand_like(x) < 0.5).float() / 0.5
        ctx.save_for_backward(mask)
        return x * mask + 1.0

    @staticmethod
    def backward(ctx, gradient):
        return gradient * ctx.saved_tensors[0]


class Behind(nn.Module):
    """Drops before the activation, which then stands in the same gap."""

    def __init__(self, function, activation):
        super().__init__()
        self.first, self.out = nn.Linear(24, 64), nn.Linear(64, 3)
        self.function, self.activation = function, activation

    def forward(self, x):
        x = self.first(x)
        return self.out(self.activation(self.function(x) if self.training else x))


BENT = [F.gelu, torch.tanh, torch.sigmoid, F.softplus, lambda x: F.layer_norm(x, (64,))]
OWN = {
    "right": lambda x: _Masked.apply(x, 0.5, lambda mask: mask),
    "right, called": lambda x: _Called.apply(x, 2.0),
    "unscaled": lambda x: _Scaled.apply(x, 0.5, 0),
    "unscaled, called": lambda x: _Called.apply(x, 1.0),
    "scaled twice": lambda x: _Scaled.apply(x, 0.5, 2),
    "another mask": lambda x: _Masked.apply(
        x, 0.5, lambda mask: (torch.rand_like(mask) < 0.5).float()
    ),
    "no mask": lambda x: _Masked.apply(x, 0.5, torch.ones_like),
}


@pytest.mark.parametrize("activation", BENT)
@pytest.mark.parametrize("kind", OWN)
def test_a_function_of_ones_own_is_asked_for_its_gradient_before_an_activation(kind, activation):
    report = dropscope.check(Behind(OWN[kind], activation), torch.randn(48, 24), quiet=True)
    assert report.ok is kind.startswith("right")
    if not report.ok:
        assert report.gaps[1].verdict == "backward-differs"
        assert "test_gradients_of_gaps.py" in report.gaps[1].source


def test_a_function_that_does_more_than_to_drop_is_not_called_right():
    model = Behind(lambda x: _Fused.apply(x), torch.tanh)
    report = dropscope.check(model, torch.randn(48, 24), quiet=True)
    assert "was not judged" in str(report)
    assert "All gaps are right" not in str(report)


def test_what_runs_without_a_graph_is_no_function_of_ones_own():
    def frozen(x):
        with torch.no_grad():
            F.dropout(x, 0.5)
        return F.dropout(x, 0.5)

    report = dropscope.check(Behind(frozen, torch.tanh), torch.randn(48, 24), quiet=True)
    assert "was not judged" not in str(report)
    assert report.ok


@pytest.mark.parametrize("activation", [F.gelu, lambda x: F.layer_norm(x, (64,))])
def test_a_gradient_that_is_dropped_alone_is_never_called_right(activation):
    report = dropscope.check(Behind(through, activation), torch.randn(48, 24), quiet=True)
    assert not report.ok
    assert "All gaps are right" not in str(report)
    # Behind a layer norm the gap alone does not tell, and the loss does.
    assert ("was not judged" in str(report)) is (activation is not F.gelu)


class Towers(nn.Module):
    """Two towers: what is dropped behind the first does not go into the second."""

    def __init__(self):
        super().__init__()
        self.left, self.right = nn.Linear(24, 64), nn.Linear(24, 64)
        self.out, self.drop = nn.Linear(128, 3), nn.Dropout(0.3)

    def forward(self, x):
        left = self.drop(self.left(x))
        return self.out(torch.cat([left, self.right(F.layer_norm(x, (24,)))], 1))


def test_dropout_on_another_path_is_no_reason_for_a_remark():
    report = dropscope.check(Towers(), torch.randn(48, 24), quiet=True)
    assert report.ok
    assert "All gaps are right" in str(report)
