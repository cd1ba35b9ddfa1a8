"""Models whose forward asks more of the probe than most."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

import zoo  # noqa: E402
from torch import nn  # noqa: E402

import dropscope  # noqa: E402
from dropscope._model import Verdict  # noqa: E402

pytestmark = pytest.mark.usefixtures("repeatable")


class AsksForGradients(nn.Module):
    """Makes its input a leaf in training, as speech models do for checkpointing."""

    def __init__(self, drop):
        super().__init__()
        self.first, self.drop, self.second = nn.Linear(8, 32), drop, nn.Linear(32, 2)

    def forward(self, x):
        x = x[:, None]
        if self.training:
            x.requires_grad = True
        return self.second(self.drop(self.first(x).relu()))


def test_a_model_that_sets_requires_grad_on_its_input():
    report = dropscope.check(AsksForGradients(nn.Dropout(0.3)), torch.randn(32, 8), quiet=True)
    assert report.ok
    assert report.gaps[1].verdict is Verdict.RIGHT
    assert Verdict.UNMEASURED not in {finding.verdict for finding in report.findings}


def test_a_gradient_that_meets_another_mask_where_the_input_is_made_a_leaf():
    model = AsksForGradients(zoo.Function(zoo._FreshBackward))
    report = dropscope.check(model, torch.randn(32, 8), quiet=True)
    assert report.gaps[1].verdict is Verdict.BACKWARD_DIFFERS


class NoGraph(nn.Module):
    """Trains without gradients, and says so of a value in the middle."""

    def __init__(self):
        super().__init__()
        self.first, self.drop, self.second = nn.Linear(8, 32), nn.Dropout(0.3), nn.Linear(32, 2)

    def forward(self, x):
        x = self.first(x).relu()
        x.requires_grad = False
        return self.second(self.drop(x))


def test_a_model_that_takes_no_graph_is_judged_without_one(capfd):
    report = dropscope.check(NoGraph(), torch.randn(32, 8), quiet=True)
    assert report.ok
    assert report.gaps[1].verdict is Verdict.RIGHT
    assert "of leaf variables" in str(report)
    assert "of leaf variables" in capfd.readouterr().err


class Mapped(nn.Module):
    """Drops inside of a transformation, in which tensors have no values of their own."""

    def __init__(self, drop):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(4, 24, 32))
        self.drop, self.out = drop, nn.Linear(32, 3)

    def forward(self, x):
        def one(weight):
            return self.drop(x @ weight, self.training)

        return self.out(torch.func.vmap(one, randomness="different")(self.weight).mean(0))


def test_dropout_inside_of_vmap():
    def by_hand(x, training):
        return x * (torch.rand_like(x) < 0.7) / 0.7 if training else x

    def call(x, training):
        return nn.functional.dropout(x, 0.3, training)

    for drop in (call, by_hand):
        assert dropscope.check(Mapped(drop), torch.randn(32, 24), quiet=True).ok
    on = dropscope.check(Mapped(lambda x, _: call(x, True)), torch.randn(32, 24), quiet=True)
    assert Verdict.ON_AT_TEST in {gap.verdict for gap in on.gaps}


class _UnscaledGradient(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, keep):
        mask = (torch.rand_like(x) < keep).to(x)
        ctx.save_for_backward(mask)
        return x * mask / keep

    @staticmethod
    def backward(ctx, gradient):
        return gradient * ctx.saved_tensors[0], None


def test_a_gradient_that_is_scaled_otherwise_is_not_said_to_be_of_another_cause():
    model = zoo.mlp(zoo.Function(_UnscaledGradient))
    text = str(dropscope.check(model, torch.randn(64, 20), quiet=True))
    assert "scales its mask otherwise" in text
    assert "not the cause" not in text
