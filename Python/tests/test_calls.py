"""The person's own calls of a model: how they are counted, and what that leaves alone."""

from __future__ import annotations

import copy

import pytest

torch = pytest.importorskip("torch")

import zoo  # noqa: E402
from torch import nn  # noqa: E402

from dropscope._probe import Probe  # noqa: E402

pytestmark = pytest.mark.usefixtures("repeatable")


def loop(model, steps, *, training=True, gradient=True, backward=True):
    x = torch.randn(8, 20)
    model.train(training)
    for _ in range(steps):
        with torch.set_grad_enabled(gradient):
            loss = model(x).sum()
            if gradient and backward:
                loss.backward()


def kinds(probe):
    return {finding.verdict.value: finding for finding in probe.look().findings}


def counted(drop=None):
    model = zoo.mlp(nn.Dropout(0.3) if drop is None else drop)
    probe = Probe(model, torch.randn(64, 20))
    probe.count_calls(True)
    return model, probe


def test_calls_of_the_person_are_counted_and_looks_are_not():
    model, probe = counted()
    loop(model, 3)
    loop(model, 2, training=False, gradient=False)
    loop(model, 4, training=False, backward=False)
    probe.look()
    calls = probe.calls
    assert (calls.train, calls.backward, calls.eval, calls.eval_with_gradient) == (3, 3, 2, 4)
    probe.close()
    loop(model, 1)
    assert probe.calls == calls
    assert not model._forward_hooks
    assert not model._forward_pre_hooks


def test_validation_in_training_mode_is_a_warning():
    model, probe = counted()
    loop(model, 5)
    for _ in range(5):
        loop(model, 1, gradient=False)
        model(torch.randn(8, 20))
    found = kinds(probe)
    assert found["never-eval"].severity == "warning"


def test_monte_carlo_dropout_is_only_a_remark():
    model, probe = counted()
    loop(model, 5)
    loop(model, 20, gradient=False)
    assert kinds(probe)["never-eval"].severity == "remark"


def test_training_in_eval_mode_is_a_bug():
    model, probe = counted()
    loop(model, 5)
    loop(model, 30, training=False)
    assert kinds(probe)["never-train"].severity == "bug"


def test_usual_trainings_have_no_finding_of_calls():
    model, probe = counted()
    for _ in range(3):
        loop(model, 30)
        loop(model, 30, training=False, gradient=False)
    assert not kinds(probe)
    model, probe = counted(nn.Identity())
    loop(model, 30, training=False)
    assert not kinds(probe)


def test_attacks_on_inputs_in_eval_mode_are_no_training():
    model, probe = counted()
    loop(model, 5)
    model.eval()
    for _ in range(40):
        model(torch.randn(8, 20, requires_grad=True)).sum().backward()
    assert "never-train" not in kinds(probe)


def test_validation_in_training_mode_with_gradients_is_a_warning():
    model, probe = counted()
    for _ in range(3):
        loop(model, 10)
        for _ in range(3):
            model(torch.randn(8, 20)).sum()
    loop(model, 1)
    finding = kinds(probe)["never-eval"]
    assert finding.severity == "warning"
    assert finding.sentence.startswith("3 calls")


def test_calls_without_a_backward_pass_of_their_own_are_no_validation():
    model, probe = counted()
    # As of a generator whose examples another network learns from, five times a step.
    for _ in range(6):
        for _ in range(5):
            model(torch.randn(8, 20)).detach()
        loop(model, 1)
    # One backward pass for many calls, and steps that are left out.
    sum(model(torch.randn(8, 20)).sum() for _ in range(20)).backward()
    loop(model, 10)
    model(torch.randn(8, 20))
    loop(model, 10)
    assert "never-eval" not in kinds(probe)


def test_a_loss_of_any_output_counts_as_a_step():
    class Two(nn.Module):
        def __init__(self):
            super().__init__()
            self.net = zoo.mlp(nn.Dropout(0.3))

        def forward(self, x):
            y = self.net(x)
            return y, y.square()

    model = Two()
    probe = Probe(model, torch.randn(64, 20))
    probe.count_calls(True)
    for _ in range(12):
        model(torch.randn(8, 20))[1].sum().backward()
    assert probe.calls.backward == 12
    assert "never-eval" not in kinds(probe)


def test_a_model_that_is_counted_can_be_scripted_copied_and_saved(tmp_path):
    model, probe = counted()
    with torch.no_grad():
        model(torch.randn(8, 20))
    copied = copy.deepcopy(model)
    torch.save(model, tmp_path / "model.pt")
    loaded = torch.load(tmp_path / "model.pt", weights_only=False)
    x = torch.randn(4, 20)
    for one in (model, copied, loaded, nn.Sequential(model)):
        scripted = torch.jit.script(one).eval()
        torch.testing.assert_close(scripted(x), one.eval()(x))
    before = probe.calls.train
    probe.look()
    loop(model, 2)
    assert probe.calls.train == before + 2
    probe.close()
    assert not model._forward_hooks
    assert "__prepare_scriptable__" not in vars(model)


def test_a_model_that_cannot_be_scripted_says_the_same_as_without():
    class Any(nn.Module):
        def __init__(self):
            super().__init__()
            self.fc = nn.Linear(20, 5)

        def forward(self, *inputs):
            return self.fc(inputs[0])

    def said(model):
        with pytest.raises(Exception, match="variable number") as error:
            torch.jit.script(model)
        return str(error.value)

    model = Any()
    without = said(model)
    probe = Probe(model, torch.randn(4, 20))
    probe.count_calls(True)
    assert said(model) == without
