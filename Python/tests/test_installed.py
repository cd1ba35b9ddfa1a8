"""The package as pip installed it, with its program. Scripts/check-python installs the wheel."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

import dropscope

pytestmark = pytest.mark.skipif(
    "DROPSCOPE_WHEEL" not in os.environ, reason="Scripts/check-python installs the wheel"
)

SCRIPTS = Path(sys.executable).parent


def output(*command, **options):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, **options).stdout


def test_program_and_package_have_one_version():
    expected = f"dropscope {dropscope.__version__}\n"
    assert output(SCRIPTS / "dropscope", "--version") == expected
    assert output(sys.executable, "-m", "dropscope", "--version") == expected


def test_the_module_is_the_program_with_its_arguments_and_status():
    done = subprocess.run(
        [sys.executable, "-m", "dropscope", "train", "--no-such-option"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 64
    assert "--no-such-option" in done.stderr


def test_the_explorer_draws():
    assert "TRAINING" in output(SCRIPTS / "dropscope", "snapshot", "--steps", "3")


@pytest.mark.skipif(not shutil.which("man"), reason="there is no man")
def test_man_finds_the_page_of_this_environment():
    environment = {**os.environ, "PATH": f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}"}
    environment.pop("MANPATH", None)
    expected = SCRIPTS.parent / "share" / "man" / "man1" / "dropscope.1"
    assert output("man", "-w", "dropscope", env=environment).strip() == str(expected)
    assert "DROPSCOPE" in expected.read_text()


@pytest.mark.parametrize(
    "place",
    [
        "bash-completion/completions/dropscope",
        "zsh/site-functions/_dropscope",
        "fish/vendor_completions.d/dropscope.fish",
    ],
)
def test_completions_lie_where_shells_look(place):
    text = (SCRIPTS.parent / "share" / place).read_text()
    assert "dropscope" in text
    # fish writes long options without their dashes.
    assert "learning-rate" in text


def test_nothing_else_is_needed():
    assert [need for need in metadata.requires("dropscope") or [] if "extra" not in need] == []


def test_the_licences_are_there():
    names = {file.name for file in metadata.files("dropscope")}
    assert {"LICENSE", "THIRD-PARTY.txt", "py.typed"} <= names


def test_the_tag_is_a_platform_that_pip_knows():
    assert "-py3-none-manylinux_2_" in os.environ["DROPSCOPE_WHEEL"]
