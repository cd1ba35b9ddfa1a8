"""Trainings that end in the middle."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

TRAINING = """
import sys
sys.path.insert(0, sys.argv[1])
from looks import HandMadeProbe
from dropscope._recording import Recording
from dropscope._scope import Scope

scope = Scope(HandMadeProbe(12), Recording(sys.argv[2], "Net"), {}, budget=0.5, every=1)
"""


def start(script, path, **options):
    command = [sys.executable, "-c", TRAINING + script, str(Path(__file__).parent), str(path)]
    return subprocess.Popen(command, **options)


def whole_lines(path):
    content = path.read_bytes() if path.exists() else b""
    return [json.loads(line) for line in content.split(b"\n")[:-1]]


@pytest.mark.parametrize("lines", [1, 2, 3, 5, 8, 13, 21, 34, 55, 89])
def test_what_a_killed_training_leaves_can_be_read(tmp_path, lines):
    path = tmp_path / "a.jsonl"
    training = start("while True: scope.step()", path)
    try:
        while len(whole_lines(path)) < lines:
            assert training.poll() is None
    finally:
        training.send_signal(signal.SIGKILL)
        training.wait()
    left = whole_lines(path)
    assert len(left) >= lines
    assert left[0]["recording"] == 1
    assert [line["look"] for line in left[1:]] == list(range(1, len(left)))


def test_a_reader_may_follow_while_it_is_written(tmp_path):
    path = tmp_path / "a.jsonl"
    training = start("[scope.step() for _ in range(300)]; scope.close()", path)
    seen = b""
    while training.poll() is None:
        content = path.read_bytes() if path.exists() else b""
        assert content.startswith(seen)
        seen = content
    assert training.returncode == 0
    assert whole_lines(path)[-1]["end"] == "closed"


def test_a_training_that_is_not_closed_is_closed_at_its_end(tmp_path):
    path = tmp_path / "a.jsonl"
    assert start("[scope.step() for _ in range(3)]", path).wait() == 0
    assert [line.get("end") for line in whole_lines(path)] == [None] * 4 + ["closed"]


def test_a_training_in_a_function_that_ends_is_closed_with_it(tmp_path):
    path = tmp_path / "a.jsonl"
    script = """
def train(scope):
    scope.step()
held = [scope]
del scope
train(held.pop())
import gc
gc.collect()
import json
lines = [json.loads(line) for line in open(sys.argv[2])]
assert lines[-1]["end"] == "closed", lines[-1]
"""
    assert start(script, path).wait() == 0


def test_an_exception_that_nobody_catches_is_recorded(tmp_path):
    path = tmp_path / "a.jsonl"
    training = start("scope.step(); raise RuntimeError('no \\x1b memory')", path, stderr=-3)
    assert training.wait() == 1
    end = whole_lines(path)[-1]
    assert end["why"] == "RuntimeError: no \x1b memory"


def test_two_trainings_have_two_files(tmp_path):
    trainings = [start("[scope.step() for _ in range(20)]", tmp_path / "a.jsonl") for _ in range(2)]
    assert [training.wait() for training in trainings] == [0, 0]
    for name in ("a.jsonl", "a-2.jsonl"):
        assert [line.get("look") for line in whole_lines(tmp_path / name)[1:-1]] == list(
            range(1, 21)
        )


@pytest.mark.parametrize("at_a_closed_pipe", ["SIG_IGN", "SIG_DFL"])
def test_a_pipe_into_a_reader_that_stops_reading(at_a_closed_pipe):
    training = start(
        f"import signal; signal.signal(signal.SIGPIPE, signal.{at_a_closed_pipe});"
        "[scope.step() for _ in range(2000)]; print('trained', file=sys.stderr)",
        "-",
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    first = training.stdout.readline()
    training.stdout.close()
    _, said = training.communicate()
    assert json.loads(first)["recording"] == 1
    assert training.returncode == 0
    assert b"trained" in said
    assert said.count(b"\n") <= 3, "each thing is told once"


def test_the_standard_error_may_be_closed(tmp_path):
    script = "import os; os.close(2); scope._probe.fail = {2: ValueError()}\nfor _ in range(5): "
    training = start(script + "scope.step()", tmp_path / "a.jsonl")
    assert training.wait() == 0
    assert whole_lines(tmp_path / "a.jsonl")[-1]["why"] == "ValueError"
