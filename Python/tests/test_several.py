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


class Line(nn.Module):
    """Two branches that are dropped on one line, which `joined` has."""

    def __init__(self, joined):
        super().__init__()
        self.left, self.right = nn.Linear(24, 64), nn.Linear(24, 64)
        self.out, self.drop = nn.Linear(64, 3), nn.Dropout(0.3)
        self.joined = joined

    def forward(self, x):
        return self.out(self.joined(self, self.left(x), self.right(x)))


def same(model, a, b):
    return model.drop(a) + model.drop(b)


def rates(model, a, b):
    return F.dropout(a, 0.3, model.training) + F.dropout(b, 0.5, model.training)


def second_at_test(model, a, b):
    return F.dropout(a, 0.3, model.training) + F.dropout(b, 0.5)


def by_hand(model, a, b):
    if not model.training:
        return a + b
    return a * (torch.rand_like(a) < 0.7) + b * (torch.rand_like(b) < 0.7) / 0.7


def gap_of(joined):
    torch.manual_seed(1)
    return dropscope.check(Line(joined), torch.randn(48, 24), quiet=True).gaps[2]


def test_two_dropouts_on_one_line_are_two():
    assert gap_of(same).what == "nn.Dropout(0.3) (2 times)"
    assert gap_of(rates).what == "F.dropout(p=0.3) and F.dropout(p=0.5)"
    assert gap_of(rates).source.endswith(line_of(rates, 1))
    assert gap_of(second_at_test).what == "F.dropout(p=0.5)"
    assert gap_of(second_at_test).verdict == "on-at-test"


def test_the_wrong_one_of_two_masks_on_one_line_is_named():
    gap = gap_of(by_hand)
    assert gap.verdict == "unscaled"
    assert gap.source.endswith(line_of(by_hand, 3))
    line = line_of(by_hand, 3)
    assert f"{line}, number 1 of 2 there), which is wrong: unscaled" in gap.sentence
    assert f"{line}, number 2 of 2 there), which is right by itself" in gap.sentence
