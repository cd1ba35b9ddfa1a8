"""The refusal to build the package without its program."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("hatchling")

FOLDER = Path(__file__).parents[1]


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("sdist", "dropscope has no source distribution: its program is written in Swift"),
        ("wheel", "Run Scripts/wheel in a clone"),
    ],
)
def test_a_build_without_the_program_is_refused_with_a_reason(target, reason, tmp_path):
    kept = {name: v for name, v in os.environ.items() if not name.startswith("DROPSCOPE_WHEEL")}
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(tmp_path)]
    done = subprocess.run(
        command, cwd=FOLDER, env=kept, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert reason in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []
