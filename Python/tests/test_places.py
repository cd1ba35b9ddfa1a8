"""Where a recording lies."""

from __future__ import annotations

import fcntl
import os
import threading

import pytest

from dropscope._places import SUFFIX, default_folder, default_name, open_place


@pytest.fixture
def state(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


def opened(path, model="Net"):
    place = open_place(path, model, 1.75e9)
    if place.descriptor is not None:
        os.close(place.descriptor)
    return place


def test_by_default_it_lies_in_the_state_folder(state):
    place = opened(None)
    assert place.is_default
    assert place.is_file
    assert os.path.dirname(place.path) == str(state / "dropscope" / "runs")
    assert place.path.endswith("-Net" + SUFFIX)


def test_a_relative_state_folder_is_ignored(monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", "state")
    assert default_folder().is_absolute()
    assert default_folder().parts[-4:-2] == (".local", "state")


@pytest.mark.parametrize(
    ("model", "word"),
    [("Net", "Net"), ("../../etc/x", "etc-x"), ("é\x1b[2J", "2J"), ("...", "model")],
)
def test_a_model_name_is_a_plain_file_name(model, word):
    assert default_name(model, 0).endswith("-" + word)
    assert "/" not in default_name(model, 0)


def test_two_trainings_never_share_a_file(state, tmp_path):
    paths = [opened(None).path for _ in range(3)]
    assert len(set(paths)) == 3
    named = [os.path.basename(opened(tmp_path / "a.dropscope.jsonl").path) for _ in range(3)]
    assert named == ["a.dropscope.jsonl", "a-2.dropscope.jsonl", "a-3.dropscope.jsonl"]


def test_trainings_that_start_at_once_do_not_either(state):
    paths = []
    threads = [threading.Thread(target=lambda: paths.append(opened(None).path)) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(paths)) == 20


def test_a_folder_gets_the_usual_name(tmp_path):
    place = opened(tmp_path)
    assert os.path.dirname(place.path) == str(tmp_path)
    assert not place.is_default


def test_an_existing_file_is_left_as_it_is(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("mine")
    assert opened(path).path == str(tmp_path / "notes-2.txt")
    assert path.read_text() == "mine"


def test_a_pipe_without_a_reader_does_not_block(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    place = open_place(tmp_path / "pipe", "Net", 0)
    assert place.descriptor is None
    assert not place.is_file


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"):
        open_place(tmp_path / "file" / "a.jsonl", "Net", 0)


def test_a_file_is_locked_until_it_is_closed(tmp_path):
    place = open_place(tmp_path / "a.dropscope.jsonl", "Net", 0)
    with open(place.path, "rb") as reader:
        with pytest.raises(BlockingIOError):
            fcntl.flock(reader, fcntl.LOCK_SH | fcntl.LOCK_NB)
        os.close(place.descriptor)
        fcntl.flock(reader, fcntl.LOCK_SH | fcntl.LOCK_NB)
