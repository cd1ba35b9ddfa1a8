"""The lines of a recording and their limits."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest
from looks import CALLS, LONGEST, finding, gap, layers, look

from dropscope._lines import LOOK_LIMIT, column, number, shown_places
from dropscope._model import Verdict
from dropscope._recording import Recording, is_wanted


def write(recording, index, one):
    recording.write_look(
        one,
        index=index,
        step=index * 10,
        seconds=1.5,
        spent=0.25,
        batch_loss=0.5,
        calls=CALLS,
    )


def lines_of(path):
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def record(path, count, looks, **options):
    recording = Recording(path, "Net", **options)
    recording.write_header(layers(count), {"model": "Net"})
    for index, one in enumerate(looks, 1):
        write(recording, index, one)
    recording.close(step=99, seconds=2, patience=60)
    return recording


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "null"),
        (0.123456, "0.1235"),
        (0.0, "0"),
        (-1234567.0, "-1.235e+06"),
        (math.nan, '"NaN"'),
        (math.inf, '"Infinity"'),
        (-math.inf, '"-Infinity"'),
    ],
)
def test_a_number_has_four_digits_and_is_json(value, expected):
    assert number(value) == expected
    json.loads(column([value, value]))


def test_a_recording_has_a_header_looks_and_an_end(tmp_path):
    path = tmp_path / "a.dropscope.jsonl"
    record(path, 2, [look(2, findings=[finding(1)]), look(2, gaps=False, findings=[finding(1)])])
    header, first, second, end = lines_of(path)
    assert header["recording"] == 1
    assert [layer["name"] for layer in header["layers"]] == ["layer0", "layer1"]
    assert header["layers"][0]["shown units"] == list(range(0, 512, 8))
    assert first["look"] == 1
    assert first["step"] == 10
    assert first["loss"] == {"batch": 0.5, "train": 0.25, "test": 0.25}
    assert first["layers"]["divergence"] == [0.25, 0.25]
    assert first["gaps"]["verdict"] == ["right"] * 3
    assert len(first["units"][1]["sd"]) == 64
    assert first["masks"][1] == {"gap": 1, "kept": "1" * 64}
    assert first["findings"][0]["verdict"] == "unscaled"
    assert "gaps" not in second, "what did not change is not repeated"
    assert "findings" not in second
    assert end == {"end": "closed", "step": 99, "looks": 2, "seconds": 2}


@pytest.mark.parametrize("count", [1, 3, 12, 13, 100, 500])
def test_a_look_fits_whatever_its_numbers_are(tmp_path, count):
    path = tmp_path / "a.jsonl"
    found = [finding(index, "x" * 400) for index in range(count)]
    record(path, count, [look(count, value=LONGEST, findings=found)])
    lines = path.read_bytes().splitlines(keepends=True)
    assert len(lines) == 3
    assert len(lines[1]) <= LOOK_LIMIT
    line = json.loads(lines[1])
    assert len(line["layers"]["ratio"]) == count
    assert len(line["gaps"]["keep"]) == count + 1
    # Every column has as many values as the header names units.
    header = json.loads(lines[0])
    for row in line["units"]:
        assert len(row["test"]) == len(header["layers"][row["layer"]]["shown units"])
    for row in line["masks"]:
        assert len(row["kept"]) == len(header["layers"][row["gap"]]["shown inputs"])
    shown = sum(bool(layer["shown units"]) for layer in header["layers"])
    assert len(line["units"]) == shown, "what the header promises is there"


def test_the_lines_of_all_gaps_are_there(tmp_path):
    path = tmp_path / "a.jsonl"
    one = look(2)
    gaps = (one.gaps[0], replace(one.gaps[1], source="train.py:7"), one.gaps[2])
    record(path, 2, [replace(one, gaps=gaps)])
    header, line, _ = lines_of(path)
    assert line["gaps"]["source"] == [None, "train.py:7", None]
    assert [layer["gap"] for layer in header["layers"]] == [0, 1]


@pytest.mark.parametrize(("count", "fits"), [(12, True), (500, False)])
def test_lines_of_gaps_take_no_room_of_anything_else(tmp_path, count, fits):
    path = tmp_path / "a.jsonl"
    found = [finding(index, "x" * 400) for index in range(count // 5)]
    one = look(count, value=LONGEST, findings=found)
    gaps = tuple(replace(gap, source="a/long/path/of/a/file/train.py:7") for gap in one.gaps)
    record(path, count, [replace(one, gaps=gaps)])
    raw = path.read_bytes().splitlines(keepends=True)
    assert len(raw[1]) <= LOOK_LIMIT
    header, line = json.loads(raw[0]), json.loads(raw[1])
    assert ("source" in line["gaps"]) is fits
    shown = sum(bool(layer["shown units"]) for layer in header["layers"])
    assert len(line["units"]) == shown


def test_twelve_layers_show_all_their_units():
    assert all(len(units) == 64 for _, units in shown_places(layers(12)))


def test_many_findings_leave_room_and_are_counted(tmp_path):
    path = tmp_path / "a.jsonl"
    record(path, 2, [look(2, findings=[finding(1, "x" * 400)] * 500)])
    findings = lines_of(path)[1]["findings"]
    assert 10 < len(findings) < 100
    assert f"{500 - len(findings) + 1} more findings" in findings[-1]["sentence"]


def test_a_model_that_does_not_fit_is_said_once(tmp_path, capfd):
    path = tmp_path / "a.jsonl"
    record(path, 4000, [look(4000), look(4000)])
    assert len(lines_of(path)) == 2, "header and end"
    assert capfd.readouterr().err.count("4000 layers are too many") == 1


def test_wanted_looks_become_rarer_as_the_file_grows():
    def wanted(size):
        return [index for index in range(1, 65) if is_wanted(index, size, 64)]

    assert wanted(31) == list(range(1, 65))
    assert wanted(32) == wanted(47) == list(range(4, 65, 4))
    assert wanted(48) == list(range(16, 65, 16))
    assert wanted(56) == [64]
    assert wanted(64) == wanted(65) == []


def test_a_file_keeps_to_its_limit_and_is_spread_over_the_training(tmp_path):
    path = tmp_path / "a.jsonl"
    limit = 300_000
    count = 5000
    record(path, 2, (look(2) for _ in range(count)), file_limit=limit)
    assert limit // 2 < path.stat().st_size <= limit
    *_, last, end = lines_of(path)
    assert end["end"] == "closed"
    assert last["look"] > count // 2
    numbers = [line["look"] for line in lines_of(path)[1:-1]]
    assert numbers == sorted(set(numbers))


def test_a_change_in_a_look_that_is_left_out_comes_with_the_next(tmp_path):
    path = tmp_path / "a.jsonl"
    recording = Recording(path, "Net", file_limit=200_000)
    recording.write_header(layers(2), {})
    index = 1
    write(recording, index, look(2))
    while is_wanted(1, recording._size, 200_000):
        index += 1
        write(recording, index, look(2, gaps=False))
    # From here on each fourth look is written.
    index += 4 - index % 4
    index += 2
    write(recording, index, look(2, verdict=Verdict.UNSCALED, findings=[finding(1)]))
    write(recording, index + 1, look(2, gaps=False, findings=[finding(1)]))
    write(recording, index + 2, look(2, gaps=False, findings=[finding(1)]))
    recording.close(step=1, seconds=1, patience=60)
    last = lines_of(path)[-2]
    assert last["look"] == index + 2
    assert last["gaps"]["verdict"] == ["unscaled"] * 3
    assert last["findings"][0]["gap"] == 1


def test_names_that_are_no_text_are_recorded(tmp_path):
    path = tmp_path / "a.jsonl"
    recording = Recording(path, "Net")
    recording.write_header(layers(1, name="\x1b[2J\ud800é"), {})
    recording.close(step=0, seconds=0, patience=60)
    assert lines_of(path)[0]["layers"][0]["name"] == "\x1b[2J\ud800é0"


def test_a_gap_without_numbers_is_null(tmp_path):
    path = tmp_path / "a.jsonl"
    record(path, 1, [look(1, value=None)])
    line = lines_of(path)[1]
    assert line["gaps"]["keep"] == [None, None]
    assert line["units"][0]["sd"] == [None] * 64
    assert gap(0, value=None).keep is None
