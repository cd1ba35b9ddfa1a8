"""When `watch` looks, and what of it can go wrong without harm to the training."""

from __future__ import annotations

import json
import os

import pytest
from looks import HandMadeProbe

from dropscope._recording import Recording
from dropscope._scope import Scope
from dropscope._watch import _check_arguments


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


class Training:
    """Steps of one second, and looks of a given cost, on a clock of their own."""

    def __init__(self, path=None, cost=0.0, **options):
        self.clock = Clock()
        self.looked_at = []
        self.probe = HandMadeProbe(on_look=self._looked, fail=options.pop("fail", None))
        self.cost = cost
        self.recording = Recording(path, "Net") if path else None
        settings = {"budget": 0.02, "every": None, **options}
        self.scope = Scope(self.probe, self.recording, {}, clock=self.clock, **settings)
        self.steps = 0

    def _looked(self):
        self.looked_at.append(self.steps)
        self.clock.now += self.cost

    def run(self, steps, loss=None):
        for _ in range(steps):
            self.clock.now += 1.0
            self.steps += 1
            self.scope.step(loss=loss)


def lines_of(path):
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def test_every_looks_at_the_first_step_and_then_at_its_multiples():
    training = Training(every=10)
    training.run(35)
    assert training.looked_at == [1, 10, 20, 30]


@pytest.mark.parametrize("every", [1, 2])
def test_every_step_can_be_looked_at(every):
    training = Training(every=every)
    training.run(4)
    assert training.looked_at == sorted({1, *range(every, 5, every)})


@pytest.mark.parametrize("budget", [0.02, 0.1, 0.5])
def test_looks_keep_to_their_share_of_the_time(budget):
    training = Training(cost=0.25, budget=budget)
    training.run(2000)
    first, *others = training.looked_at
    assert first == 1
    assert len(others) > 10
    # The first look stands outside the budget. A look waits for the first step after its time.
    assert len(others) * 0.25 <= budget * training.clock.now
    assert (len(others) + 1) * (0.25 / budget + 1 + 0.25) >= 2000


def test_time_in_which_nothing_trains_is_not_made_up_for():
    training = Training(cost=0.25)
    training.run(1)
    training.clock.now += 3600
    training.run(12)
    assert training.looked_at == [1, 2]


def test_places_are_judged_in_looks_1_2_4_8():
    training = Training(every=1)
    training.run(17)
    judged = [index for index, places in enumerate(training.probe.places, 1) if places]
    assert judged == [1, 2, 4, 8, 16]


def test_a_loss_is_read_in_looks_only(tmp_path):
    class Loss:
        read = 0

        def __float__(self):
            Loss.read += 1
            return 0.125

    training = Training(tmp_path / "a", every=10)
    training.run(20, loss=Loss())
    training.scope.close()
    assert Loss.read == 3
    assert lines_of(tmp_path / "a")[1]["loss"]["batch"] == 0.125


def test_a_loss_that_is_no_number_is_said_once(tmp_path, capfd):
    training = Training(tmp_path / "a", every=1)
    training.run(5, loss="much")
    training.scope.close()
    assert capfd.readouterr().err.count("takes one number") == 1
    assert [line["loss"]["batch"] for line in lines_of(tmp_path / "a")[1:-1]] == [None] * 5


def test_an_error_of_the_probe_is_said_once_and_the_training_goes_on(tmp_path, capfd):
    training = Training(tmp_path / "a", every=1, fail={3: ValueError("no such layer")})
    training.run(10)
    assert training.looked_at == [1, 2, 3]
    assert training.probe.is_closed
    said = capfd.readouterr().err
    assert said.count("\n") == 1
    assert "at step 3" in said
    assert "ValueError: no such layer" in said
    training.scope.close()
    *_, end = lines_of(tmp_path / "a")
    assert end["why"] == "ValueError: no such layer"
    assert end["looks"] == 2
    report = training.scope.report()
    assert report.ok
    assert "went off at step 3: ValueError: no such layer" in str(report)


def test_an_error_in_the_first_look_leaves_no_recording_that_cannot_be_read(tmp_path, capfd):
    training = Training(tmp_path / "a", every=1, fail={1: ValueError("x")})
    training.run(3)
    assert lines_of(tmp_path / "a") == []
    report = training.scope.report()
    assert report.ok
    assert "went off at step 1: ValueError: x" in str(report)
    assert str(report).endswith("Nothing was judged.")


def test_an_interruption_in_a_look_goes_through(tmp_path):
    training = Training(tmp_path / "a", every=1, fail={2: KeyboardInterrupt()})
    with pytest.raises(KeyboardInterrupt):
        training.run(3)
    # The person may go on after it.
    training.run(2)
    assert training.looked_at == [1, 2, 3, 4]
    training.scope.close()
    assert lines_of(tmp_path / "a")[-1]["looks"] == 3


def test_an_exception_in_a_with_block_is_recorded(tmp_path):
    training = Training(tmp_path / "a", every=1)
    with pytest.raises(ZeroDivisionError), training.scope:
        training.run(1)
        training.run(1 // 0)
    end = lines_of(tmp_path / "a")[-1]
    assert end["why"].startswith("ZeroDivisionError")


def test_after_the_end_a_step_does_nothing(tmp_path):
    training = Training(tmp_path / "a", every=1)
    training.run(2)
    training.scope.close()
    training.scope.close()
    training.run(2)
    assert training.looked_at == [1, 2]
    assert training.probe.is_closed
    assert len(lines_of(tmp_path / "a")) == 4


def test_a_forked_child_looks_at_nothing(tmp_path):
    training = Training(tmp_path / "a", every=1)
    training.run(1)
    child = os.fork()
    if child == 0:
        training.run(5)
        training.scope.close()
        os._exit(len(training.looked_at))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 1
    training.run(1)
    training.scope.close()
    assert [line.get("look") for line in lines_of(tmp_path / "a")] == [None, 1, 2, None]


def test_a_report_before_the_first_step_says_so():
    with pytest.raises(RuntimeError, match="no step was taken"):
        Training().scope.report()


@pytest.mark.parametrize(
    ("wrong", "kind", "message"),
    [
        ({"budget": 0}, ValueError, "budget is 0"),
        ({"budget": 1}, ValueError, "budget is 1"),
        ({"budget": float("nan")}, ValueError, "budget is nan"),
        ({"budget": "2%"}, TypeError, "'2%'"),
        ({"every": 0}, ValueError, "every is 0"),
        ({"every": 1.5}, TypeError, "every is a whole number"),
        ({"passes": 1}, ValueError, "at least 2"),
        ({"passes": True}, TypeError, "passes"),
        ({"units": 65}, ValueError, "at most 64"),
        ({"units": None}, TypeError, "units"),
    ],
)
def test_a_wrong_argument_is_named(wrong, kind, message):
    usual = {"passes": 4, "units": 64, "budget": 0.02, "every": None, "seed": 0}
    arguments = {**usual, **wrong}
    with pytest.raises(kind, match=message):
        _check_arguments(**arguments)
