"""The examples, as a person would start them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("torch")

EXAMPLES = Path(__file__).parent.parent / "examples"


@pytest.mark.parametrize(("name", "verdict"), [("buggy.py", "unscaled"), ("mended.py", "right")])
def test_an_example_has_the_verdict_that_the_guide_shows(tmp_path, name, verdict):
    path = tmp_path / "a.dropscope.jsonl"
    done = subprocess.run(
        [sys.executable, EXAMPLES / name, "--steps", "20", "--path", path],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    lines = [json.loads(line) for line in path.read_bytes().splitlines()]
    assert lines[1]["gaps"]["verdict"] == ["none", verdict, verdict, "none"]
    assert verdict in done.stdout
    assert lines[-1]["end"] == "closed"


def test_the_examples_differ_in_the_bug_alone():
    def code(name):
        text = (EXAMPLES / name).read_text()
        # Without what the two say about themselves.
        return [
            line
            for line in text.split('"""', 2)[2].splitlines()
            if '"""Switches units off' not in line
        ]

    buggy, mended = code("buggy.py"), code("mended.py")
    assert [pair for pair in zip(buggy, mended) if pair[0] != pair[1]] == [
        (
            "    return x * (torch.rand_like(x) < KEEP)",
            "    return x * (torch.rand_like(x) < KEEP) / KEEP",
        )
    ]
