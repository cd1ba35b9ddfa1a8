"""Finding the program that came with the package."""

from __future__ import annotations

import sys

import pytest

from dropscope import __main__, _program


@pytest.fixture
def places(monkeypatch):
    found = []
    monkeypatch.setattr(_program, "_places", lambda: iter(found))
    return found


def test_a_missing_program_is_an_error_that_names_places_and_remedy(places, tmp_path, monkeypatch):
    places.append(str(tmp_path / "dropscope"))
    with pytest.raises(_program.ProgramMissingError, match="Scripts/wheel") as caught:
        _program.program()
    assert str(tmp_path / "dropscope") in str(caught.value)
    with pytest.raises(SystemExit, match="dropscope: the program is not installed"):
        __main__.main()


def test_a_file_that_cannot_be_started_is_an_error(places, tmp_path, monkeypatch):
    path = tmp_path / "dropscope"
    path.write_bytes(b"no program")
    path.chmod(0o755)
    places.append(str(path))
    monkeypatch.setattr(sys, "argv", ["dropscope"])
    with pytest.raises(SystemExit, match="cannot be started"):
        __main__.main()


def test_the_first_place_with_a_program_wins(places, tmp_path):
    for name in ("missing", "plain", "good"):
        places.append(str(tmp_path / name))
    (tmp_path / "plain").write_text("")
    (tmp_path / "good").write_text("")
    (tmp_path / "good").chmod(0o755)
    assert _program.program() == str(tmp_path / "good")


def test_a_folder_that_is_not_installed_has_no_number(monkeypatch):
    def missing(name):
        raise _program.metadata.PackageNotFoundError

    monkeypatch.setattr(_program.metadata, "version", missing)
    assert _program.version() == "0+not.installed"
