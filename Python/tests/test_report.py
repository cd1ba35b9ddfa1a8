"""The table that `check` prints."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

import zoo  # noqa: E402
from torch import nn  # noqa: E402

import dropscope  # noqa: E402

pytestmark = pytest.mark.usefixtures("repeatable")


def test_the_table_says_what_is_wrong_and_where():
    report = dropscope.check(zoo.Inline("unscaled"), torch.randn(64, 20), quiet=True)
    text = str(report)
    assert "between fc1 and fc2" in text
    assert "nothing is scaled: sums at test are 1.6" in text
    assert "Divide by 0.6" in text
    assert "zoo_networks.py:" in text
    assert not report
    assert "1 wrong" in repr(report)


def test_names_cannot_move_the_cursor():
    model = nn.Sequential()
    model.add_module("a\x1b[2J", nn.Linear(20, 64))
    model.add_module("drop", zoo.Unscaled())
    model.add_module("b", nn.Linear(64, 5))
    text = str(dropscope.check(model, torch.randn(64, 20), quiet=True))
    assert "\x1b" not in text
    assert "\\u{1B}" in text


def test_what_was_not_measured_is_not_called_right():
    class Unscaled(nn.Module):
        def __init__(self):
            super().__init__()
            self.first, self.last = nn.Linear(8, 32), nn.Linear(32, 2)

        def forward(self, x):
            x = self.first(x)
            return self.last(x * (torch.rand_like(x) < 0.7) if self.training else x)

    report = dropscope.check(Unscaled(), torch.full((16, 8), float("nan")), quiet=True)
    assert "could not be measured" in str(report)
    assert "All gaps are right" not in str(report)


def test_one_is_no_plural():
    text = str(dropscope.check(nn.Linear(20, 5), torch.randn(8, 20), quiet=True))
    assert "1 layer\n" in text
    text = str(dropscope.check(zoo.mlp(nn.Dropout(0.3)), torch.randn(8, 20), quiet=True))
    assert "3 layers\n" in text
    one = nn.Sequential(zoo.Unscaled(), nn.Linear(20, 5))
    assert "in 1 other gap nothing" in str(dropscope.check(one, torch.randn(64, 20), quiet=True))


def test_a_verdict_has_hyphens_as_a_value_and_none_in_the_table():
    report = dropscope.check(zoo.mlp(zoo.Twice()), torch.randn(64, 20), quiet=True)
    assert "scaled-twice" in {gap.verdict.value for gap in report.gaps}
    assert "scaled twice" in str(report)
    assert "scaled-twice" not in str(report)


class Joined(nn.Module):
    """A few features out of many are dropped."""

    def __init__(self, drop):
        super().__init__()
        self.first, self.drop, self.last = nn.Linear(20, 632), drop, nn.Linear(632, 5)

    def forward(self, x):
        h = self.first(x)
        return self.last(torch.cat([h[:, :600], self.drop(h[:, 600:])], 1))


@pytest.mark.parametrize(("drop", "factor"), [(nn.Dropout(0.3), 1 / 0.7), (zoo.Unscaled(0.3), 1)])
def test_a_gap_shows_the_numbers_of_what_is_dropped_in_it(drop, factor):
    gap = dropscope.check(Joined(drop), torch.randn(64, 20), quiet=True).gaps[1]
    assert gap.keep == pytest.approx(0.7, abs=0.02)
    assert gap.factor == pytest.approx(factor, rel=1e-3)


def test_a_remark_on_how_the_model_was_looked_at_leaves_nothing_out():
    model = nn.DataParallel(nn.Sequential(nn.Linear(24, 64), nn.Dropout(0.5), nn.Linear(64, 3)))
    said = str(dropscope.check(model, torch.randn(48, 24), quiet=True))
    assert "remark: the model: " in said
    assert "All gaps are right." in said
