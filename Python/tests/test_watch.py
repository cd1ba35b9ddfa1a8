"""`watch` with the real probe."""

from __future__ import annotations

import json
import random

import pytest

torch = pytest.importorskip("torch")

import dropscope  # noqa: E402
from dropscope import _scope  # noqa: E402


class Unscaled(torch.nn.Module):
    """Dropout by hand that scales nothing."""

    def forward(self, x):
        return x * (torch.rand_like(x) < 0.7) if self.training else x


def network(drop):
    torch.manual_seed(3)
    return torch.nn.Sequential(
        torch.nn.Linear(12, 64), torch.nn.ReLU(), drop, torch.nn.Linear(64, 3)
    )


def batch():
    generator = torch.Generator().manual_seed(5)
    return torch.randn(32, 12, generator=generator), torch.randint(3, (32,), generator=generator)


def train(model, steps, step=lambda loss: None):
    torch.manual_seed(11)
    random.seed(11)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    x, y = batch()
    for _ in range(steps):
        loss = torch.nn.functional.cross_entropy(model(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        step(loss)
    return [value.clone() for value in model.state_dict().values()], torch.get_rng_state()


def lines_of(path):
    return [json.loads(line) for line in path.read_bytes().splitlines()]


@pytest.fixture(autouse=True)
def state(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


def test_a_bug_is_found_and_recorded(tmp_path):
    model = network(Unscaled())
    x, y = batch()
    scope = dropscope.watch(
        model,
        x,
        every=5,
        path=tmp_path / "a.dropscope.jsonl",
        loss_fn=torch.nn.functional.cross_entropy,
        targets=y,
    )
    train(model, 20, lambda loss: scope.step(loss=loss))
    report = scope.report()
    scope.close()
    assert not report.ok
    header, *looks, end = lines_of(tmp_path / "a.dropscope.jsonl")
    assert header["model"] == "Sequential"
    assert header["every"] == 5
    assert header["budget"] is None
    assert header["examples"] == 32
    assert header["passes"] == 4
    assert header["frameworks"]["torch"] == torch.__version__
    assert [layer["kind"] for layer in header["layers"]] == ["Linear", "Linear"]
    assert [look["step"] for look in looks] == [1, 5, 10, 15, 20]
    assert looks[0]["gaps"]["verdict"][1] == "unscaled"
    assert looks[0]["findings"][0]["severity"] == "bug"
    for look in looks:
        assert all(isinstance(value, float) for value in look["loss"].values())
        assert len(look["units"]) == 2
    assert looks[-1]["calls"]["train"] == 20
    assert end["end"] == "closed"


def test_right_dropout_is_right(tmp_path):
    model = network(torch.nn.Dropout(0.3))
    with dropscope.watch(model, batch()[0], every=5) as scope:
        train(model, 20, lambda loss: scope.step(loss=loss))
        assert scope.report().ok


@pytest.mark.parametrize("settings", [{"every": 7}, {"budget": 0.5}])
@pytest.mark.parametrize("drop", [torch.nn.Dropout(0.3), Unscaled()])
def test_a_watched_training_has_the_same_bits(drop, settings):
    plain, plain_random = train(network(drop), 200)
    model = network(drop)
    with dropscope.watch(model, batch()[0], quiet=True, **settings) as scope:
        watched, watched_random = train(model, 200, lambda loss: scope.step(loss=loss))
        assert scope._looks > 1
    assert all(torch.equal(a, b) for a, b in zip(plain, watched))
    assert torch.equal(plain_random, watched_random)


def test_it_says_one_line_with_the_command(state, capfd):
    scope = dropscope.watch(network(torch.nn.Dropout()), batch()[0])
    said = capfd.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "dropscope view (in another terminal)" in said.err
    assert scope.path in said.err
    assert scope.path.startswith(str(state))
    scope.close()


def test_quiet_says_nothing(capfd):
    dropscope.watch(network(torch.nn.Dropout()), batch()[0], quiet=True).close()
    assert capfd.readouterr() == ("", "")


def test_a_path_of_ones_own_is_in_the_command(tmp_path, capfd):
    path = tmp_path / "my run.dropscope.jsonl"
    dropscope.watch(network(torch.nn.Dropout()), batch()[0], path=path).close()
    assert f"dropscope view '{path}'" in capfd.readouterr().err


def test_a_folder_that_cannot_be_made_leaves_the_training_alone(tmp_path, monkeypatch, capfd):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    model = network(Unscaled())
    scope = dropscope.watch(model, batch()[0], every=5)
    said = capfd.readouterr().err
    assert "nothing is recorded, and the training goes on" in said
    assert scope.path is None
    train(model, 10, lambda loss: scope.step(loss=loss))
    assert not scope.report().ok, "it looks all the same"
    scope.close()


def test_a_full_disk_leaves_the_training_alone(capfd):
    model = network(Unscaled())
    scope = dropscope.watch(model, batch()[0], every=1, path="/dev/full")
    train(model, 10, lambda loss: scope.step(loss=loss))
    assert not scope.report().ok
    scope.close()
    assert capfd.readouterr().err.count("No space left") == 1


def test_a_model_that_raises_in_a_look_trains_on(tmp_path, capfd):
    class Moody(torch.nn.Module):
        calls = 0

        def forward(self, x):
            Moody.calls += 1
            if Moody.calls == 30:
                raise ValueError("not in the mood")
            return x

    model = network(Moody())
    x, _ = batch()
    hooks = [len(module._forward_hooks) for module in model.modules()]
    scope = dropscope.watch(model, x, every=1, path=tmp_path / "a")
    for _ in range(40):
        model.train()
        assert model(x).shape == (32, 3)
        scope.step()
    assert capfd.readouterr().err.count("not in the mood") == 1
    assert [len(module._forward_hooks) for module in model.modules()] == hooks
    assert all(module.training for module in model.modules())
    assert "not in the mood" in lines_of(tmp_path / "a")[-1]["why"]


def test_something_that_is_no_model_is_an_error():
    with pytest.raises(TypeError, match=r"torch\.nn\.Module"):
        dropscope.watch("model", torch.zeros(1))


def test_a_model_that_cannot_be_looked_at_is_said_and_trains_on(capfd):
    class FSDPModule(torch.nn.Linear):
        """Stands in for a sharded model, which takes several processes."""

    model = FSDPModule(12, 3)
    scope = dropscope.watch(model, batch()[0])
    assert scope.path is None
    train(model, 3, lambda loss: scope.step(loss=loss))
    report = scope.report()
    assert report.ok
    assert "is sharded (FSDP)" in str(report)
    assert str(report).endswith("Nothing was judged.")
    scope.close()
    assert capfd.readouterr().err.count("is sharded (FSDP)") == 1


def test_a_compiled_model_goes_by_its_own_name(tmp_path):
    class Net(torch.nn.Linear):
        pass

    scope = dropscope.watch(torch.compile(Net(12, 3)), batch()[0], path=tmp_path / "a", quiet=True)
    scope.step()
    scope.close()
    assert lines_of(tmp_path / "a")[0]["model"] == "Net"


def test_workers_of_a_loader_write_nothing(tmp_path):
    model = network(torch.nn.Dropout())
    scope = dropscope.watch(model, batch()[0], every=1, path=tmp_path / "a")
    data = torch.utils.data.TensorDataset(*batch())
    loader = torch.utils.data.DataLoader(
        data, batch_size=8, num_workers=2, multiprocessing_context="fork"
    )
    scope.step()
    for x, _ in loader:
        model(x)
        scope.step()
    scope.close()
    assert [line.get("look") for line in lines_of(tmp_path / "a")] == [None, 1, 2, 3, 4, 5, None]


def test_scopes_that_are_open_are_closed_with_the_process():
    assert _scope._close_all is not None
    scope = dropscope.watch(network(torch.nn.Dropout()), batch()[0], quiet=True)
    _scope._close_all()
    assert scope._is_closed


class OnlyWithoutGraph(torch.nn.Linear):
    """Fails where a graph is made in training mode, as a kernel without a gradient may."""

    def forward(self, x):
        if self.training and torch.is_grad_enabled():
            raise RuntimeError("no graph here")
        return super().forward(x)


def test_an_error_in_any_pass_of_a_look_is_said_once_and_the_probe_goes_off(tmp_path, capsys):
    model = torch.nn.Sequential(torch.nn.Linear(12, 8), torch.nn.Dropout(0.5))
    model.append(OnlyWithoutGraph(8, 3))
    scope = dropscope.watch(model, batch()[0], every=1, path=tmp_path / "a.jsonl", quiet=True)
    for _ in range(3):
        scope.step()
    said = capsys.readouterr().err
    assert said.count("no graph here") == 1
    assert "the probe goes off at step 1" in said
