"""Gaps in which several things drop, and batches that tell nothing."""

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


def line_of(function, offset):
    return f"test_several.py:{function.__code__.co_firstlineno + offset}"


def right_and_unscaled(x):
    x = F.dropout(x, 0.2)
    return x * (torch.rand_like(x) < 0.7)


def unscaled_and_right(x):
    x = x * (torch.rand_like(x) < 0.7)
    return F.dropout(x, 0.2)


def both_wrong(x):
    x = x * (torch.rand_like(x) < 0.7)
    return x * (torch.rand_like(x) < 0.8)


def both_right(x):
    x = x * (torch.rand_like(x) < 0.7) / 0.7
    return F.dropout(x, 0.2)


class Called(nn.Module):
    """A function of one's own between two layers, in training."""

    def __init__(self, function):
        super().__init__()
        self.first, self.out = nn.Linear(24, 64), nn.Linear(64, 3)
        self.function = function

    def forward(self, x):
        x = self.first(x).relu()
        return self.out(self.function(x) if self.training else x)


def checked(function):
    return dropscope.check(Called(function), torch.randn(48, 24), quiet=True)


@pytest.mark.parametrize(("function", "line"), [(right_and_unscaled, 2), (unscaled_and_right, 1)])
def test_the_guilty_one_is_named_and_the_other_one_too(function, line):
    report = checked(function)
    gap = report.gaps[1]
    assert gap.verdict == "unscaled"
    assert gap.source.endswith(line_of(function, line))
    assert gap.what == "a mask of random numbers"
    assert gap.keep == pytest.approx(0.7, abs=0.02)
    assert gap.factor == pytest.approx(1)
    other = line_of(function, 3 - line)
    assert f"{other}), which is right by itself" in gap.sentence
    assert "which is wrong: unscaled" in gap.sentence
    assert "Divide by 0.7" in gap.cure or "Divide by 0.69" in gap.cure


def test_two_wrong_ones_are_both_named():
    gap = checked(both_wrong).gaps[1]
    assert gap.verdict == "unscaled"
    assert gap.keep == pytest.approx(0.56, abs=0.02)
    for offset in (1, 2):
        assert line_of(both_wrong, offset) in gap.sentence
        assert line_of(both_wrong, offset) in gap.source


def test_two_right_ones_are_right():
    report = checked(both_right)
    assert report.ok
    assert report.gaps[1].verdict == "right"


@pytest.mark.parametrize("function", [both_right, right_and_unscaled])
@pytest.mark.parametrize("batch", [torch.full((8, 24), float("nan")), torch.randn(0, 24)])
def test_a_batch_without_numbers_leaves_every_gap_unmeasured(function, batch):
    model = Called(function)
    report = dropscope.check(model, batch, quiet=True)
    assert {gap.verdict.value for gap in report.gaps} == {"unmeasured"}
    assert "No bug was found in what could be measured." in str(report)
    assert "All gaps are right." not in str(report)
