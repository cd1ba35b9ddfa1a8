"""Gradients where the gap mixes units or examples, so that its zeros alone do not tell."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

from torch import nn  # noqa: E402
from torch.nn import functional as F  # noqa: E402

import dropscope  # noqa: E402

pytestmark = pytest.mark.usefixtures("one_thread")


@pytest.fixture(autouse=True)
def _seeded():
    torch.manual_seed(1)


class Graph(nn.Module):
    """Each node takes the mean of its neighbours, before what drops and behind it."""

    def __init__(self, drop):
        super().__init__()
        self.first, self.out, self.drop = nn.Linear(24, 32), nn.Linear(32, 3), drop
        near = (torch.rand(48, 48) < 0.1).float() + torch.eye(48)
        self.register_buffer("near", near / near.sum(1, keepdim=True))

    def forward(self, x):
        x = F.elu(self.near @ self.first(x))
        return self.near @ self.out(self.drop(x) if self.training else x)


class Bag(nn.Module):
    """Drops what embeddings give, which are no layers."""

    def __init__(self, drop):
        super().__init__()
        self.words, self.out, self.drop = nn.EmbeddingBag(50, 32), nn.Linear(32, 3), drop

    def forward(self, x):
        x = self.words(x)
        return self.out(self.drop(x) if self.training else x)


def nodes():
    return torch.randn(48, 24)


def words():
    return torch.randint(0, 50, (48, 4))


MODELS = {"graph": (Graph, nodes), "bag": (Bag, words)}
ALIKE = {
    "to": lambda mask, x: mask.to(x),
    "type_as": lambda mask, x: mask.type_as(x),
    "expand_as": lambda mask, x: mask.expand_as(x),
    "view_as": lambda mask, x: mask.float().view_as(x),
    "reshape_as": lambda mask, x: mask.float().reshape_as(x),
}


class _Alike(torch.autograd.Function):
    """Drops by a mask that was made like the activation, and scales the gradient by `scale`."""

    @staticmethod
    def forward(ctx, x, alike, scale):
        mask = alike(torch.rand_like(x) < 0.5, x)
        ctx.save_for_backward(mask)
        ctx.scale = scale
        return x * mask / 0.5

    @staticmethod
    def backward(ctx, gradient):
        return gradient * ctx.saved_tensors[0] * ctx.scale, None, None


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("alike", ALIKE)
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_mask_that_is_made_like_the_activation_is_followed(name, alike, scale):
    model, batch = MODELS[name]
    drop = lambda x: _Alike.apply(x, ALIKE[alike], scale)  # noqa: E731
    report = dropscope.check(model(drop), batch(), quiet=True)
    assert report.ok is (scale == 2)
    expected = "right" if scale == 2 else "backward-differs"
    assert expected in {gap.verdict.value for gap in report.gaps}


class _GradientAlone(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x.clone()

    @staticmethod
    def backward(ctx, gradient):
        return F.dropout(gradient, 0.3)


def through(x):
    y = F.dropout(x, 0.3)
    return y + (x - y).detach()


def hooked(x):
    x = x * 1
    if x.requires_grad:
        x.register_hook(lambda gradient: F.dropout(gradient, 0.3))
    return x


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("drop", [_GradientAlone.apply, through, hooked])
def test_a_gradient_that_alone_is_random_is_found(name, drop):
    model, batch = MODELS[name]
    report = dropscope.check(model(drop), batch(), quiet=True)
    assert not report.ok
    told = {finding.verdict.value for finding in report.findings if finding.severity == "bug"}
    assert told <= {"gradient-mismatch", "backward-only"}
    if "gradient-mismatch" in told:
        assert "and the forward pass by none" in str(report)


class _Straight(torch.autograd.Function):
    """Rounds, and lets the gradient through in either mode."""

    @staticmethod
    def forward(ctx, x):
        return (8 * x).round() / 8

    @staticmethod
    def backward(ctx, gradient):
        return gradient


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("drop", [lambda x: x, torch.tanh, _Straight.apply])
def test_a_gradient_without_random_numbers_is_no_bug(name, drop):
    model, batch = MODELS[name]
    assert dropscope.check(model(drop), batch(), quiet=True).ok


class ReZero(nn.Module):
    """A branch that is multiplied by 0 in the beginning, as with adapters of low rank."""

    def __init__(self):
        super().__init__()
        self.first, self.middle, self.out = nn.Linear(24, 64), nn.Linear(64, 64), nn.Linear(64, 3)
        self.scale = nn.Parameter(torch.zeros(()))

    def forward(self, x):
        x = self.first(x).relu()
        return self.out(x + self.scale * F.dropout(self.middle(x).relu(), 0.3, self.training))


def test_dropout_on_a_branch_that_does_not_count_yet_is_right():
    report = dropscope.check(ReZero(), torch.randn(48, 24), quiet=True)
    assert report.ok
    assert not [finding for finding in report.findings if finding.where == "the gradient"]


class ZeroNorm(nn.Module):
    """Branches whose norm begins at 0, in front of a rectifier that sees many zeros."""

    def __init__(self):
        super().__init__()
        self.first, self.out = nn.Conv2d(3, 16, 3), nn.Linear(16, 3)
        self.convs = nn.ModuleList(nn.Conv2d(16, 16, 3, padding=1) for _ in range(2))
        self.norms = nn.ModuleList(nn.BatchNorm2d(16) for _ in range(2))
        self.drop = nn.Dropout2d(0.2)
        for norm in self.norms:
            nn.init.zeros_(norm.weight)

    def forward(self, x):
        x = self.first(x)
        for conv, norm in zip(self.convs, self.norms):
            x = F.relu(x + self.drop(norm(conv(x))))
        return self.out(x.mean((2, 3)))


@pytest.mark.parametrize("kind", [torch.float32, torch.bfloat16])
def test_a_norm_that_begins_at_0_is_right(kind):
    report = dropscope.check(
        ZeroNorm().to(kind), torch.randn(24, 3, 12, 12, dtype=kind), quiet=True
    )
    assert report.ok
