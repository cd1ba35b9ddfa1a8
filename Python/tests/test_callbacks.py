"""The callbacks, in the training loops of the frameworks themselves."""

from __future__ import annotations

import json
import warnings

import pytest

torch = pytest.importorskip("torch")

from dropscope._first_call import FirstCall  # noqa: E402


def lines_of(path):
    return [json.loads(line) for line in path.read_bytes().splitlines()]


class Unscaled(torch.nn.Module):
    def forward(self, x):
        return x * (torch.rand_like(x) < 0.7) if self.training else x


def layers(drop):
    return torch.nn.Sequential(
        torch.nn.Linear(8, 64), torch.nn.ReLU(), drop, torch.nn.Linear(64, 2)
    )


DATA = torch.utils.data.TensorDataset(torch.randn(64, 8), torch.randint(2, (64,)))


@pytest.fixture
def module():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        lightning = pytest.importorskip("lightning.pytorch")

    class Module(lightning.LightningModule):
        def __init__(self, drop, calls_itself=True):
            super().__init__()
            self.layers = layers(drop)
            self.calls_itself = calls_itself

        def forward(self, x):
            return self.layers(x)

        def training_step(self, batch, index):
            x, y = batch
            answer = self(x) if self.calls_itself else self.layers(x)
            if getattr(self, "breaks", False) and index == 3:
                raise ValueError("broken")
            return torch.nn.functional.cross_entropy(answer, y)

        def configure_optimizers(self):
            return torch.optim.SGD(self.parameters(), lr=0.1)

    return Module


@pytest.fixture
def fit(tmp_path):
    lightning = pytest.importorskip("lightning.pytorch")

    def run(module, callback):
        trainer = lightning.Trainer(
            max_epochs=2,
            accelerator="cpu",
            callbacks=[callback],
            logger=False,
            enable_checkpointing=False,
            enable_progress_bar=False,
            enable_model_summary=False,
            default_root_dir=tmp_path,
        )
        trainer.fit(module, torch.utils.data.DataLoader(DATA, batch_size=8))

    return run


@pytest.mark.parametrize(("drop", "ok"), [(Unscaled(), False), (torch.nn.Dropout(0.3), True)])
def test_lightning(tmp_path, module, fit, drop, ok):
    from dropscope.lightning import DropscopeCallback

    callback = DropscopeCallback(every=4, path=tmp_path / "a")
    fit(module(drop), callback)
    assert callback.scope.report().ok is ok
    header, *looks, end = lines_of(tmp_path / "a")
    assert header["model"] == "Module"
    assert [layer["name"] for layer in header["layers"]] == ["layers.0", "layers.3"]
    assert [look["step"] for look in looks] == [1, 4, 8, 12, 16]
    assert all(look["loss"]["batch"] > 0 for look in looks)
    assert end["end"] == "closed"


def test_lightning_trains_to_the_same_bits(module, fit, tmp_path):
    from lightning.pytorch import Callback

    from dropscope.lightning import DropscopeCallback

    weights = []
    for callback in (Callback(), DropscopeCallback(every=3, path=tmp_path / "a")):
        torch.manual_seed(1)
        one = module(torch.nn.Dropout(0.3))
        fit(one, callback)
        weights.append([*one.state_dict().values()])
    assert all(torch.equal(a, b) for a, b in zip(*weights))


def test_lightning_with_a_module_that_is_never_called_says_so_once(module, fit, capfd):
    from dropscope.lightning import DropscopeCallback

    callback = DropscopeCallback()
    fit(module(torch.nn.Dropout(), calls_itself=False), callback)
    said = capfd.readouterr().err
    assert said.count("this training is not watched") == 1
    assert "call=" in said
    assert callback.scope is None


def test_lightning_with_a_batch_and_a_call_of_ones_own(module, fit, tmp_path):
    from dropscope.lightning import DropscopeCallback

    callback = DropscopeCallback(
        torch.randn(16, 8),
        call=lambda module, x: module.layers(x),
        every=1,
        path=tmp_path / "a",
    )
    fit(module(Unscaled(), calls_itself=False), callback)
    assert not callback.scope.report().ok


def test_lightning_records_an_exception(module, fit, tmp_path):
    from dropscope.lightning import DropscopeCallback

    one = module(torch.nn.Dropout())
    one.breaks = True
    with pytest.raises(ValueError, match="broken"):
        fit(one, DropscopeCallback(every=1, path=tmp_path / "a"))
    end = lines_of(tmp_path / "a")[-1]
    assert end["why"] == "ValueError: broken"


@pytest.mark.parametrize("wrong", [{"budget": 3}, {"no_such_option": 1}])
def test_a_wrong_option_is_said_and_the_training_goes_on(module, fit, capfd, wrong):
    from dropscope.lightning import DropscopeCallback

    fit(module(torch.nn.Dropout()), DropscopeCallback(**wrong))
    assert capfd.readouterr().err.count("this training is not watched") == 1


@pytest.mark.parametrize("dropout", [0.0, 0.1])
def test_hugging_face(tmp_path, dropout):
    transformers = pytest.importorskip("transformers")
    pytest.importorskip("accelerate")
    from dropscope.huggingface import DropscopeCallback

    configuration = transformers.BertConfig(
        vocab_size=50,
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=16,
        hidden_dropout_prob=dropout,
        attention_probs_dropout_prob=dropout,
    )
    model = transformers.BertForSequenceClassification(configuration)
    data = [
        {"input_ids": torch.randint(50, (8,)), "labels": torch.tensor(index % 2)}
        for index in range(32)
    ]
    callback = DropscopeCallback(every=4, path=tmp_path / "a")
    trainer = transformers.Trainer(
        model=model,
        args=transformers.TrainingArguments(
            output_dir=str(tmp_path / "out"),
            num_train_epochs=2,
            per_device_train_batch_size=4,
            logging_steps=2,
            report_to=[],
            save_strategy="no",
            use_cpu=True,
            disable_tqdm=True,
        ),
        train_dataset=data,
        callbacks=[callback],
    )
    trainer.train()
    assert callback.scope.report().ok
    header, *looks, end = lines_of(tmp_path / "a")
    assert header["model"] == "BertForSequenceClassification"
    assert header["frameworks"]["transformers"] == transformers.__version__
    assert [look["step"] for look in looks] == [1, 4, 8, 12, 16]
    assert looks[-1]["loss"]["batch"] > 0
    verdicts = set(looks[-1].get("gaps", looks[0]["gaps"])["verdict"])
    assert ("right" in verdicts) == (dropout > 0)
    assert end["end"] == "closed"


def test_the_first_call_is_copied_and_the_hook_taken_off():
    model = torch.nn.Linear(2, 2)
    first = FirstCall(model)
    x = torch.ones(1, 2)
    model.eval()
    model(torch.zeros(1, 2))
    assert not first.was_seen, "a call in eval mode is none of the training's"
    model.train()
    model(x)
    x.zero_()
    assert torch.equal(first.batch[0], torch.ones(1, 2))
    assert len(model._forward_pre_hooks) == 0


def test_a_first_call_with_names_keeps_them():
    class Both(torch.nn.Module):
        def forward(self, x, *, scale):
            return x * scale

    model = Both()
    first = FirstCall(model)
    model(torch.ones(2), scale=3)
    assert torch.equal(first.call(model, first.batch), torch.full((2,), 3.0))
