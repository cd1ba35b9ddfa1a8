from __future__ import annotations

import random

import pytest

torch = pytest.importorskip("torch")

import numpy as np  # noqa: E402
import torch.nn.functional as F  # noqa: E402
import zoo  # noqa: E402
from states import Stateful, state  # noqa: E402
from torch import nn  # noqa: E402

from dropscope._probe import Probe  # noqa: E402

STEPS = 200


pytestmark = pytest.mark.usefixtures("one_thread")


class Spectral(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.utils.parametrizations.spectral_norm(nn.Linear(20, 32))
        self.b = nn.utils.weight_norm(nn.Linear(32, 32))
        self.c, self.drop = nn.Linear(32, 5), nn.Dropout(0.2)

    def forward(self, x):
        return self.c(self.drop(F.gelu(self.b(torch.relu(self.a(x))))))


MODELS = {
    "batch norm": lambda: zoo.mlp(nn.Dropout(0.3), norm=nn.BatchNorm1d),
    "state in attributes": Stateful,
    "weights that forward changes": zoo.MaxNorm,
    "spectral and weight norm": Spectral,
    "checkpointing": lambda: zoo.Checkpointed(True),
    "compiled": lambda: torch.compile(zoo.mlp(nn.Dropout(0.3)), backend="aot_eager"),
    "numpy's masks": lambda: zoo.mlp(zoo.NumpyMask()),
}
OPTIMIZERS = {
    "SGD": lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9),
    "Adam": lambda p: torch.optim.Adam(p, lr=1e-2),
    "AdamW": lambda p: torch.optim.AdamW(p, lr=1e-2, weight_decay=0.1),
}


def trained(build, optimizer_of, looks):
    torch.manual_seed(1)
    np.random.seed(1)
    random.seed(1)
    model = build()
    optimizer = optimizer_of(model.parameters())
    x, y = torch.randn(64, 20), torch.randint(0, 5, (64,))
    probe = Probe(model, x[:16], loss_fn=F.cross_entropy, targets=y[:16], passes=2)
    losses = []
    for step in range(STEPS):
        optimizer.zero_grad()
        loss = F.cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        if looks and step % 20 == 0:
            probe.look(places=step % 40 == 0)
    probe.close()
    return losses, state(model, optimizer)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("model", MODELS)
def test_a_training_has_the_same_bits_with_looks_and_without(model, optimizer):
    without = trained(MODELS[model], OPTIMIZERS[optimizer], looks=False)
    with_looks = trained(MODELS[model], OPTIMIZERS[optimizer], looks=True)
    assert without == with_looks


class Raises(nn.Module):
    """Raises in a chosen call of forward."""

    def __init__(self, error):
        super().__init__()
        self.fc1, self.norm, self.fc2 = nn.Linear(20, 32), nn.BatchNorm1d(32), nn.Linear(32, 5)
        self.error = error
        self.trace = []

    at, calls = 0, 0

    def forward(self, x):
        Raises.calls += 1
        self.trace.append(Raises.calls)
        h = F.dropout(self.norm(self.fc1(x)), 0.5, self.training)
        if Raises.calls == Raises.at:
            raise self.error
        return self.fc2(h)


@pytest.mark.parametrize("error", [RuntimeError("no"), KeyboardInterrupt(), SystemExit(3)])
def test_a_model_that_raises_in_a_look_is_left_as_it_was(error):
    torch.manual_seed(0)
    x = torch.randn(16, 20)
    Raises.at, Raises.calls = 0, 0
    Probe(Raises(error), x, passes=2).look()
    total = Raises.calls
    for at in range(1, total + 1):
        model = Raises(error)
        model.fc1.register_forward_hook(lambda *_: None)
        model.norm.eval()
        before, mode = state(model), [m.training for m in model.modules()]
        fast = torch.backends.mha.get_fastpath_enabled()
        Raises.at, Raises.calls = at, 0
        probe = Probe(model, x, passes=2)
        try:
            with pytest.raises(type(error)):
                probe.look()
        finally:
            Raises.at = 0
        assert state(model) == before
        assert [m.training for m in model.modules()] == mode
        assert torch.backends.mha.get_fastpath_enabled() == fast
        assert torch.is_grad_enabled()


def test_hooks_of_the_persons_own_stay_and_are_seen():
    torch.manual_seed(0)
    model = zoo.mlp(nn.Identity())
    seen = []

    def drop(module, inputs, output):
        seen.append(module)
        return output * (torch.rand_like(output) < 0.7) if module.training else output

    handle = model[4].register_forward_hook(drop)
    x = torch.randn(64, 20)
    before = state(model)
    probe = Probe(model, x)
    look = probe.look()
    assert state(model) == before
    assert seen
    assert [gap.verdict for gap in look.gaps].count("unscaled") == 1
    assert model[4]._forward_hooks == {handle.id: drop}
    handle.remove()
    assert not model[4]._forward_hooks


def test_gradients_and_autocast_of_a_training_around_a_look_stay():
    torch.manual_seed(0)
    model = zoo.mlp(nn.Dropout(0.3))
    x = torch.randn(64, 20)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        model(x).sum().backward()
        kept = [p.grad.clone() for p in model.parameters()]
        Probe(model, x).look()
        assert all(torch.equal(p.grad, k) for p, k in zip(model.parameters(), kept))
        model.zero_grad()
        model(x).sum().backward()
    assert all(p.grad is not None for p in model.parameters())


def test_a_global_generator_is_put_back():
    generator = torch.Generator().manual_seed(5)

    class Model(nn.Module):
        def __init__(self):
            super().__init__()
            self.a, self.b = nn.Linear(20, 32), nn.Linear(32, 5)

        def forward(self, x):
            h = self.a(x)
            if self.training:
                h = h * (torch.rand(h.shape, generator=generator) < 0.5) * 2
            return self.b(h)

    model = Model()
    before = generator.get_state()
    look = Probe(model, torch.randn(64, 20)).look()
    assert torch.equal(generator.get_state(), before)
    assert "right" in [gap.verdict for gap in look.gaps]


class Bounded(nn.Module):
    """An embedding whose forward limits the norm of its weights, once they have grown."""

    def __init__(self):
        super().__init__()
        self.words = nn.Embedding(30, 16, max_norm=1.0)
        nn.init.normal_(self.words.weight, std=0.01)
        self.drop, self.out = nn.Dropout(0.3), nn.Linear(16, 4)

    def forward(self, x):
        return self.out(self.drop(self.words(x).mean(1)))


def test_weights_that_the_forward_changes_late_are_the_same():
    def trained(is_looked_at):
        torch.manual_seed(5)
        model = Bounded()
        optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
        words = torch.randint(30, (STEPS, 16, 5))
        labels = torch.randint(4, (STEPS, 16))
        probe = Probe(model, words[0]) if is_looked_at else None
        for step in range(STEPS):
            optimizer.zero_grad()
            F.cross_entropy(model(words[step]), labels[step]).backward()
            optimizer.step()
            if probe and step % 7 == 0:
                probe.look()
        return model.words.weight.detach().clone(), model.out.weight.detach().clone()

    plain, looked_at = trained(False), trained(True)
    assert plain[0].norm(dim=1).max() > 0.5
    assert all(torch.equal(one, other) for one, other in zip(plain, looked_at))
