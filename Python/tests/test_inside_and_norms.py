"""Beside the gaps: dropout inside of modules, and the statistics of norms behind it."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

from torch import nn  # noqa: E402

import dropscope  # noqa: E402
from dropscope._probe import Probe  # noqa: E402

pytestmark = pytest.mark.usefixtures("repeatable")


def kinds(probe):
    return {finding.verdict.value: finding for finding in probe.look().findings}


def test_dropout_in_front_of_batch_norm_shifts_its_variance():
    def network(p):
        return nn.Sequential(
            nn.Linear(20, 64), nn.ReLU(), nn.Dropout(p), nn.Linear(64, 64), nn.BatchNorm1d(64),
            nn.ReLU(), nn.Linear(64, 5),
        )  # fmt: skip

    x = torch.randn(256, 20)
    found = {p: kinds(Probe(network(p), x, passes=16)) for p in (0.0, 0.5)}
    assert "variance-shift" not in found[0.0]
    assert found[0.5]["variance-shift"].severity == "warning"
    assert dropscope.check(network(0.5), x).ok


class Recurrent(nn.Module):
    """An LSTM with dropout between its layers, where eval() reaches it or not."""

    def __init__(self, is_reached):
        super().__init__()
        lstm = nn.LSTM(8, 12, 2, dropout=0.4, batch_first=True)
        if is_reached:
            self.lstm = lstm
        self.hidden, self.out = [lstm], nn.Linear(12, 3)

    def forward(self, x):
        return self.out(self.hidden[0](x)[0])


@pytest.mark.parametrize("is_reached", [True, False])
def test_dropout_inside_a_module_that_eval_does_not_reach(is_reached):
    report = dropscope.check(Recurrent(is_reached), torch.randn(16, 10, 8), quiet=True)
    assert report.ok is is_reached
    verdicts = [finding.verdict.value for finding in report.findings]
    assert ("on-at-test" in verdicts) is not is_reached


def test_attention_that_stays_in_training_mode():
    class Stubborn(nn.Module):
        def __init__(self):
            super().__init__()
            self.attention = nn.MultiheadAttention(16, 4, dropout=0.3, batch_first=True)
            self.out = nn.Linear(16, 3)

        def train(self, mode=True):
            super().train(mode)
            self.attention.train()
            return self

        def forward(self, x):
            return self.out(self.attention(x, x, x, need_weights=False)[0])

    report = dropscope.check(Stubborn(), torch.randn(8, 6, 16), quiet=True)
    assert not report.ok
    assert "attention" in str(report)
    assert "trusted by its argument" not in str(report)


@pytest.mark.parametrize("size", [4, 32])
def test_no_dropout_in_front_of_a_batch_norm_shifts_nothing(size):
    blocks = [
        part
        for index in range(6)
        for part in (nn.Conv2d(16 if index else 3, 16, 3, padding=1), nn.BatchNorm2d(16), nn.ReLU())
    ]
    model = nn.Sequential(*blocks, nn.Flatten(), nn.Dropout(0.5), nn.Linear(16 * 64, 4))
    found = kinds(Probe(model, torch.randn(size, 3, 8, 8)))
    assert "variance-shift" not in found


def test_dropout_inside_of_modules_is_trusted_and_said_so():
    report = dropscope.check(Recurrent(True), torch.randn(16, 10, 8), quiet=True)
    (remark,) = [finding for finding in report.findings if finding.where == "lstm"]
    assert remark.severity == "remark"
    assert "nn.LSTM(dropout=0.4)" in remark.sentence
    assert "trusted by its argument" in remark.sentence
    assert "All gaps are right." in str(report)
