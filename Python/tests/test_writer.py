"""Disks that are full and readers that are slow, late or gone."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time

import pytest

from dropscope._places import Opened, open_place
from dropscope._say import Once
from dropscope._writer import LineWriter


def writer(path, **options):
    return LineWriter(open_place(path, "Net", 0), Once(), **options)


def wait_until(condition):
    while not condition():
        time.sleep(0.005)


def test_lines_come_in_their_order(tmp_path):
    one = writer(tmp_path / "a")
    for index in range(1000):
        assert one.put(b"%d\n" % index)
    one.close(b"end\n", 60)
    assert (tmp_path / "a").read_bytes().split() == [b"%d" % i for i in range(1000)] + [b"end"]
    assert one.is_over
    assert not one.put(b"late\n")


def test_a_slow_reader_loses_looks_and_is_said_once(tmp_path, capfd):
    reader, end = os.pipe()
    os.set_blocking(end, False)
    one = LineWriter(Opened("the pipe", end, False, False), Once(), waiting_limit=300_000)
    line = b"x" * 50_000 + b"\n"
    # Nobody reads: the pipe fills, then what may wait, and then lines are refused.
    results = [one.put(line) for _ in range(40)]
    assert results[0]
    assert not results[-1]
    assert one.has_lost()
    assert not one.has_lost()
    assert capfd.readouterr().err.count("not read as fast") == 1
    # Once somebody reads, what waited comes whole.
    received = bytearray()
    thread = threading.Thread(target=lambda: received.extend(_read_all(reader)))
    thread.start()
    one.close(b"end\n", 60)
    thread.join()
    lines = bytes(received).splitlines(keepends=True)
    assert lines[-1] == b"end\n"
    assert set(lines[:-1]) == {line}
    assert len(lines) - 1 == sum(results)


def _read_all(descriptor):
    with open(descriptor, "rb") as file:
        return file.read()


def test_a_reader_that_never_reads_does_not_keep_the_process(tmp_path, capfd):
    reader, end = os.pipe()
    os.set_blocking(end, False)
    one = LineWriter(Opened("the pipe", end, False, False), Once())
    for _ in range(10):
        one.put(b"x" * 50_000 + b"\n")
    one.close(b"end\n", 0.05)
    wait_until(lambda: one.is_over)
    assert "its reader does not read" in capfd.readouterr().err
    os.close(reader)


def test_a_closed_pipe_is_said_once(tmp_path, capfd):
    reader, end = os.pipe()
    os.close(reader)
    one = LineWriter(Opened("the pipe", end, False, False), Once())
    one.put(b"a\n")
    wait_until(lambda: one.is_over)
    assert not one.put(b"b\n")
    one.close(b"end\n", 60)
    assert capfd.readouterr().err.count("the reader of the pipe is gone") == 1


def test_a_named_pipe_waits_for_its_reader(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    one = writer(path)
    assert one.put(b"header\n")
    assert one.put(b"look\n")
    received = []
    thread = threading.Thread(target=lambda: received.append(path.read_bytes()))
    thread.start()
    one.close(b"end\n", 60)
    thread.join()
    assert received == [b"header\nlook\nend\n"]


def test_a_named_pipe_that_nobody_reads_ends_with_the_training(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    one = writer(tmp_path / "pipe")
    one.put(b"header\n")
    one.close(b"end\n", 0.05)
    wait_until(lambda: one.is_over)


def test_a_full_disk_is_said_once(capfd):
    one = writer("/dev/full")
    for _ in range(5):
        one.put(b"a\n")
    one.close(b"end\n", 60)
    said = capfd.readouterr().err
    assert said.count("No space left on device") == 1
    assert "the training goes on" in said
    assert one.has_lost()


def test_a_full_disk_leaves_whole_lines(tmp_path):
    """A limit on the size of files stands in for a disk that is full."""
    # The process that has the limit is one of its own; it cannot be lifted again.
    script = """
import os, signal, sys
from dropscope._places import Opened, open_place
from dropscope._say import Once
from dropscope._writer import LineWriter
import dropscope._writer as module, errno
real = os.write
room = [25]
def write(descriptor, data):
    if room[0] <= 0:
        raise OSError(errno.ENOSPC, "No space left on device")
    count = real(descriptor, bytes(data)[: room[0]])
    room[0] -= count
    return count
module.os.write = write
one = LineWriter(open_place(sys.argv[1], "Net", 0), Once())
for _ in range(5):
    one.put(b"123456789\\n")
while not one.has_lost():
    pass
one.close(None, 60)
"""
    path = tmp_path / "a"
    subprocess.run([sys.executable, "-c", script, path], check=True)
    assert path.read_bytes() == b"123456789\n123456789\n"


def test_a_forked_child_writes_nothing(tmp_path):
    path = tmp_path / "a"
    one = writer(path)
    one.put(b"parent\n")
    child = os.fork()
    if child == 0:
        one.put(b"child\n")
        one.close(b"child's end\n", 1)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    one.put(b"parent again\n")
    one.close(b"end\n", 60)
    assert path.read_bytes() == b"parent\nparent again\nend\n"


def test_the_standard_output_can_be_a_pipe():
    script = """
from dropscope._places import open_place
from dropscope._say import Once
from dropscope._writer import LineWriter
one = LineWriter(open_place("-", "Net", 0), Once())
one.put(b"header\\n")
one.close(b"end\\n", 60)
print("mine")
"""
    done = subprocess.run([sys.executable, "-c", script], check=True, stdout=subprocess.PIPE)
    assert done.stdout == b"header\nend\nmine\n"


@pytest.mark.skipif(os.geteuid() == 0, reason="a folder cannot be closed to root")
def test_a_folder_without_permission_is_an_error(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(PermissionError):
        open_place(tmp_path / "a", "Net", 0)
