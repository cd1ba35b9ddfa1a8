"""Ctrl-C at any moment of a look, and other signals: nothing stays behind."""

from __future__ import annotations

import os
import random
import signal
import sys
import threading

import pytest

torch = pytest.importorskip("torch")

import torch.nn.functional as F  # noqa: E402
from states import Stateful, state  # noqa: E402
from torch import nn  # noqa: E402

import dropscope  # noqa: E402
from dropscope._probe import Probe  # noqa: E402

pytestmark = pytest.mark.usefixtures("repeatable")

_PACKAGE = os.path.dirname(dropscope.__file__)


@pytest.fixture(autouse=True)
def ctrl_c():
    """The usual handler: a process in the background starts with none."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


class Interrupter:
    """Sends Ctrl-C between two instructions of the package, or as a function of others begins.

    So it comes to the places where Python sees signals. `begin` names the function of the package
    from which on they are counted.
    """

    def __init__(self, after, begin=None):
        self.count = 0
        self._after = after
        self._begin = begin

    def __enter__(self):
        sys.settrace(self._trace)
        return self

    def __exit__(self, *error):
        sys.settrace(None)

    def _trace(self, frame, event, argument):
        is_own = frame.f_code.co_filename.startswith(_PACKAGE)
        frame.f_trace_opcodes = is_own
        if is_own and frame.f_code.co_name == self._begin:
            self._begin = None
        self.count += self._begin is None
        if self.count == self._after:
            sys.settrace(None)
            signal.raise_signal(signal.SIGINT)
        return self._trace if is_own else None


class Everything(nn.Module):
    """Statistics, masks, generators, attention and weights that the forward pass changes."""

    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(30, 16, max_norm=1.0)
        self.norm, self.inner = nn.BatchNorm1d(16), nn.Linear(16, 20)
        self.attention = nn.MultiheadAttention(16, 2, dropout=0.1, batch_first=True)
        self.rest = Stateful()

    def forward(self, tokens):
        h = self.embedding(tokens)
        h = h + self.attention(h, h, h, need_weights=False)[0]
        return self.rest(F.dropout(self.inner(self.norm(h.mean(1))), 0.2, self.training))


def trained():
    torch.manual_seed(0)
    model = Everything()
    model.rest.fc2.eval()
    tokens, targets = torch.randint(0, 30, (8, 4)), torch.randint(0, 5, (8,))
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.1)
    for _ in range(2):
        loss = F.cross_entropy(model(tokens), targets)
        loss.backward()
        optimizer.step()
    return model, optimizer, tokens, targets


def assert_nothing_stays_behind(run, model, optimizer, count, step):
    """Interrupts at the beginning, in between, and above all where things are put back."""
    with Interrupter(None) as whole:
        run()
    with Interrupter(None, "restore") as back:
        run()
    places = [(place, None) for place in range(1, 20)]
    places += [(place, None) for place in random.Random(1).sample(range(20, whole.count), count)]
    places += [(place, "restore") for place in range(1, min(back.count, 900), step)]
    before, interrupted = state(model, optimizer), 0
    for place, begin in places:
        try:
            with Interrupter(place, begin):
                run()
        except KeyboardInterrupt:
            interrupted += 1
        assert state(model, optimizer) == before, (place, begin)
    # Numbers of instructions change a little from look to look.
    assert interrupted > 0.9 * len(places)


def test_a_look_can_be_interrupted_anywhere():
    model, optimizer, tokens, targets = trained()
    probe = Probe(model, tokens, loss_fn=F.cross_entropy, targets=targets, passes=2)
    probe.look()
    assert_nothing_stays_behind(probe.look, model, optimizer, 80, 3)
    # And it still looks.
    assert [gap.verdict.value for gap in probe.look().gaps].count("right") >= 1


def test_a_step_of_a_scope_can_be_interrupted_anywhere(tmp_path):
    model, optimizer, tokens, _ = trained()
    path = tmp_path / "run.dropscope.jsonl"
    scope = dropscope.watch(model, tokens, every=1, passes=2, path=path, quiet=True)
    scope.step()
    assert_nothing_stays_behind(scope.step, model, optimizer, 20, 20)
    scope.close()
    assert path.read_bytes().endswith(b"\n")


def test_a_check_can_be_interrupted_anywhere():
    model, optimizer, tokens, _ = trained()

    def run():
        dropscope.check(model, tokens, passes=2, looks=1, quiet=True)

    assert_nothing_stays_behind(run, model, optimizer, 20, 20)


class Sends(nn.Module):
    """Sends signals while it runs, and says how far it came."""

    came_to_the_end = 0

    def __init__(self, number, times):
        super().__init__()
        self.first, self.second = nn.Linear(8, 8), nn.Linear(8, 8)
        self.number, self.times = number, times

    def forward(self, x):
        h = self.first(x)
        for _ in range(self.times):
            signal.raise_signal(self.number)
        h = self.second(F.dropout(h, 0.5, self.training))
        Sends.came_to_the_end += 1
        return h


@pytest.fixture
def handler():
    """Puts handlers on for one test."""
    before = {}

    def put(number, function):
        before[number] = signal.signal(number, function)

    yield put
    for number, function in before.items():
        signal.signal(number, function)


def test_handlers_of_the_persons_own_run_when_the_model_is_as_it_was(handler):
    model, x, seen = Sends(signal.SIGUSR1, 3), torch.randn(8, 8), []
    before = state(model)
    handler(signal.SIGUSR1, lambda number, frame: seen.append((number, state(model) == before)))
    look = Probe(model, x).look()
    assert seen == [(signal.SIGUSR1, True)]
    assert look.gaps is not None


def test_a_handler_that_raises_does_so_after_the_look(handler):
    class LateError(Exception):
        pass

    def expire(number, frame):
        raise LateError

    handler(signal.SIGALRM, expire)
    model, x = Sends(signal.SIGALRM, 1), torch.randn(8, 8)
    before = state(model)
    with pytest.raises(LateError):
        Probe(model, x).look()
    assert state(model) == before
    assert signal.getsignal(signal.SIGALRM) is expire


def test_ctrl_c_ends_a_look_before_the_next_layer():
    Sends.came_to_the_end = 0
    with pytest.raises(KeyboardInterrupt):
        Probe(Sends(signal.SIGINT, 1), torch.randn(8, 8)).look()
    assert Sends.came_to_the_end == 0


def test_a_second_ctrl_c_leaves_a_model_that_hangs():
    class Hangs(Sends):
        def forward(self, x):
            super().forward(x)
            raise AssertionError("the second signal was held back")

    model, x = Hangs(signal.SIGINT, 2), torch.randn(8, 8)
    before = state(model)
    with pytest.raises(KeyboardInterrupt):
        Probe(model, x).look()
    assert state(model) == before


def test_a_look_in_another_thread_changes_no_handler():
    model, found = nn.Sequential(nn.Linear(8, 8), nn.Dropout(0.5), nn.Linear(8, 8)), []
    thread = threading.Thread(
        target=lambda: found.append(Probe(model, torch.randn(8, 8)).look().gaps[1].verdict)
    )
    before = signal.getsignal(signal.SIGINT)
    thread.start()
    thread.join()
    assert found == ["right"]
    assert signal.getsignal(signal.SIGINT) is before
