"""Cases that are close to others, each beside its twin."""

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


def checked(model):
    return dropscope.check(model, torch.randn(64, 24), quiet=True)


def verdicts(report):
    return [gap.verdict.value for gap in report.gaps]


class Called(nn.Module):
    """Calls a function of its own with the mode, so that no module drops."""

    def __init__(self, function):
        super().__init__()
        self.first, self.out = nn.Linear(24, 64), nn.Linear(64, 3)
        self.function = function

    def forward(self, x):
        return self.out(self.function(self.first(x), self.training))


class Branch(nn.Module):
    """A residual block whose branch has a scale, and is given to a function."""

    def __init__(self, function, scale=1.0):
        super().__init__()
        self.norm, self.linear = nn.LayerNorm(32), nn.Linear(32, 32)
        self.function = function
        self.scale = nn.Parameter(torch.full((32,), scale))

    def forward(self, x):
        return x + self.function(self.scale * self.linear(self.norm(x)).relu(), self.training)


def blocks(function, scale=1.0):
    middle = [Branch(function, scale) for _ in range(2)]
    return nn.Sequential(nn.Linear(24, 32), *middle, nn.Linear(32, 3))


@pytest.mark.parametrize(
    "model",
    [
        lambda: nn.Sequential(nn.Linear(24, 64), nn.Dropout(1.0), nn.Linear(64, 3)),
        lambda: blocks(lambda x, training: F.dropout(x, 1.0, training)),
    ],
)
def test_everything_dropped_is_called_so(model):
    report = checked(model())
    assert not report.ok
    assert {f.verdict.value for f in report.findings if f.severity == "bug"} == {
        "everything-dropped"
    }
    assert "everything is dropped" in str(report)


class _ShakeShake(torch.autograd.Function):
    """Meant as it is: other shares of two branches on the way back."""

    @staticmethod
    def forward(ctx, first, second):
        share = torch.rand(len(first), 1)
        return share * first + (1 - share) * second

    @staticmethod
    def backward(ctx, gradient):
        share = torch.rand(len(gradient), 1)
        return share * gradient, (1 - share) * gradient


class Shaken(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.out = nn.Linear(24, 32), nn.Linear(32, 3)
        self.left, self.right = nn.Linear(32, 32), nn.Linear(32, 32)

    def forward(self, x):
        x = self.first(x).relu()
        left, right = self.left(x), self.right(x)
        both = _ShakeShake.apply(left, right) if self.training else (left + right) / 2
        return self.out(x + both)


def test_other_random_numbers_on_the_way_back_are_told_as_what_they_are():
    report = checked(Shaken())
    (bug,) = [finding for finding in report.findings if finding.severity == "bug"]
    assert bug.verdict == "gradient-mismatch"
    assert "other random numbers than the forward pass" in bug.sentence
    assert "meant, as in shake-shake" in bug.cure
    assert "mask" not in bug.sentence.replace("the same masks", "")


def _over(x, training):
    return x * ((torch.rand_like(x) < 0.7) / 0.7) if training else x


def _later(x, training):
    return x * (torch.rand_like(x) < 0.7) / 0.7 if training else x


def _by_a_vector(x, training):
    keep = torch.full((x.shape[1],), 0.7)
    return x * (torch.rand_like(x) < 0.7) / keep if training else x


def _filled(x, training):
    return x.masked_fill(torch.rand_like(x) >= 0.7, 0) / 0.7 if training else x


def _classic(x, training):
    return x * (torch.rand_like(x) < 0.7) if training else x * 0.7


def _drawn_in_place(x, training):
    return x * torch.empty_like(x).bernoulli_(0.7).div_(0.7) if training else x


def _changed_in_place(x, training):
    return x.clone().mul_((torch.rand_like(x) < 0.7) / 0.7) if training else x


MASKS = [_over, _later, _by_a_vector, _filled, _classic, _drawn_in_place, _changed_in_place]


@pytest.mark.parametrize("mask", MASKS)
def test_a_square_behind_a_right_mask_is_not_called_scaled_twice(mask):
    report = checked(Called(lambda x, training: mask(x, training) ** 2))
    assert report.ok
    assert report.gaps[1].verdict == "right"
    assert "not linear" in report.gaps[1].sentence


@pytest.mark.parametrize("mask", MASKS)
def test_a_factor_behind_a_mask_and_its_square_is_found(mask):
    def function(x, training):
        x = mask(x, training) ** 2
        return x / 0.7 if training else x

    assert not checked(Called(function)).ok


@pytest.mark.parametrize("mask", MASKS)
def test_a_factor_behind_a_mask_is_found(mask):
    def function(x, training):
        x = mask(x, training).relu()
        return x / 0.7 if training else x

    assert not checked(Called(function)).ok


def test_a_mask_drawn_in_place_at_test_is_found():
    report = checked(Called(lambda x, training: _drawn_in_place(x, True)))
    assert report.gaps[1].verdict == "on-at-test"


class FixedMask:
    """One mask for good, drawn in no pass."""

    def __init__(self):
        self.mask = (torch.rand(32) < 0.7) / 0.7

    def __call__(self, x, training):
        return x * self.mask if training else x


def test_a_fixed_mask_on_a_residual_path_is_named_as_what_it_may_be():
    report = checked(blocks(FixedMask()))
    assert verdicts(report) == ["none", "none", "unclear", "unclear", "none"]
    for gap in report.gaps[2:4]:
        assert "the same in every pass" in gap.sentence
        assert "one mask for good, or a layer whose result depends on the mode" in gap.sentence
        assert "draw a new one" in gap.cure


class _Unscaled(torch.autograd.Function):
    """Scales what it keeps, and not its gradient unless it is told to."""

    @staticmethod
    def forward(ctx, x, keep, is_right):
        mask = torch.rand_like(x) < keep
        ctx.save_for_backward(mask)
        ctx.scale = 1 / keep if is_right else 1.0
        return x * mask / keep

    @staticmethod
    def backward(ctx, gradient):
        return gradient * ctx.saved_tensors[0] * ctx.scale, None, None


@pytest.mark.parametrize("is_right", [False, True])
@pytest.mark.parametrize("keep", [0.5, 0.7, 0.9])
def test_a_gradient_without_the_scale_is_found(keep, is_right):
    def function(x, training):
        return _Unscaled.apply(x.relu(), keep, is_right) if training else x.relu()

    report = checked(Called(function))
    assert report.ok is is_right
    assert report.gaps[1].verdict == ("right" if is_right else "backward-differs")
    if not is_right:
        assert f"the gradient is {keep:.2f} times what it should be" in report.gaps[1].sentence


@pytest.mark.parametrize("times", [1.0, 1.25])
@pytest.mark.parametrize("scale", [1e-2, 1e-4, 1e-5])
def test_a_branch_behind_a_tiny_scale(scale, times):
    def function(x, training):
        return F.dropout(x, 0.2, training) * (times if training else 1.0)

    report = checked(blocks(function, scale))
    assert report.ok is (times == 1)
    # Behind the last block no norm shows the branch by itself.
    assert report.gaps[2].verdict == ("right" if times == 1 else "scaled-twice")


def _alpha(x, training):
    if not training:
        return x
    return torch.where(torch.rand_like(x) >= 0.2, x, torch.full_like(x, -1.7580993))


def test_an_alpha_dropout_by_hand_is_not_judged():
    report = checked(Called(lambda x, training: _alpha(F.selu(x), training)))
    assert report.ok
    assert report.gaps[1].verdict == "unclear"
    assert "one and the same value" in report.gaps[1].sentence
    assert "nn.AlphaDropout" in report.gaps[1].cure
