from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

import zoo  # noqa: E402

import dropscope  # noqa: E402

SEEDS = (0, 1, 2)


pytestmark = pytest.mark.usefixtures("one_thread")


def bugs(report):
    return {finding.verdict.value for finding in report.findings if finding.severity == "bug"}


@pytest.mark.parametrize("name", zoo.RIGHT)
@pytest.mark.parametrize("seed", SEEDS)
def test_no_right_model_is_called_wrong(name, seed):
    model, batch, verdict = zoo.build(zoo.RIGHT[name], seed)
    report = dropscope.check(model, batch, seed=seed)
    assert report.ok
    assert bugs(report) == set()
    assert verdict in {gap.verdict.value for gap in report.gaps}
    # A verdict that would say nothing is a failure too, where something can be said.
    allowed = {"none", "channels", "right", "after-output", verdict}
    assert {gap.verdict.value for gap in report.gaps} <= allowed
    if verdict != "unclear":
        assert not [finding for finding in report.findings if finding.verdict == "unmeasured"]


@pytest.mark.parametrize("name", zoo.WRONG)
@pytest.mark.parametrize("seed", SEEDS)
def test_each_bug_is_named(name, seed):
    model, batch, verdict = zoo.build(zoo.WRONG[name], seed)
    report = dropscope.check(model, batch, seed=seed)
    assert not report.ok
    # A gradient by other masks is a mismatch with the loss as well.
    also = {"gradient-mismatch"} if verdict.startswith("backward") else set()
    assert bugs(report) - also == {verdict}
    for finding in report.findings:
        assert finding.sentence
        assert finding.cure or finding.severity == "remark"
    with pytest.raises(AssertionError, match=verdict.replace("-", " ")):
        report.raise_if_wrong()
