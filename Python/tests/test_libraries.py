"""Networks of libraries, built without weights."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

from torch import nn  # noqa: E402

import dropscope  # noqa: E402

pytestmark = pytest.mark.usefixtures("repeatable")


SMALL = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2,
         "intermediate_size": 48, "vocab_size": 60, "max_position_embeddings": 32}  # fmt: skip


def transformer(name, p):
    transformers = pytest.importorskip("transformers")
    if name == "bert":
        config = transformers.BertConfig(
            **SMALL, hidden_dropout_prob=p, attention_probs_dropout_prob=p
        )
        return transformers.BertForSequenceClassification(config)
    if name == "gpt2":
        config = transformers.GPT2Config(
            n_embd=32, n_layer=2, n_head=2, vocab_size=60, n_positions=32,
            resid_pdrop=p, embd_pdrop=p, attn_pdrop=p,
        )  # fmt: skip
        return transformers.GPT2LMHeadModel(config)
    if name == "t5":
        config = transformers.T5Config(
            d_model=32, d_kv=16, d_ff=48, num_layers=2, num_heads=2, vocab_size=60, dropout_rate=p,
            decoder_start_token_id=0, pad_token_id=0,
        )  # fmt: skip
        return transformers.T5ForConditionalGeneration(config)
    if name == "distilbert":
        config = transformers.DistilBertConfig(
            dim=32, n_layers=2, n_heads=2, hidden_dim=48, vocab_size=60,
            max_position_embeddings=32, dropout=p, attention_dropout=p, seq_classif_dropout=p,
        )  # fmt: skip
        return transformers.DistilBertForSequenceClassification(config)
    if name == "llama":
        config = transformers.LlamaConfig(**SMALL, attention_dropout=p)
        return transformers.LlamaForCausalLM(config)
    assert name == "vit"
    config = transformers.ViTConfig(
        hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=48,
        image_size=16, patch_size=4, hidden_dropout_prob=p, attention_probs_dropout_prob=p,
    )  # fmt: skip
    return transformers.ViTForImageClassification(config)


def batch(name):
    if name == "vit":
        return {"pixel_values": torch.randn(16, 3, 16, 16)}
    tokens = torch.randint(0, 60, (16, 9))
    if name == "t5":
        return {"input_ids": tokens, "labels": torch.randint(0, 60, (16, 7))}
    return {"input_ids": tokens}


NAMES = ["bert", "gpt2", "t5", "distilbert", "llama", "vit"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("p", [0.1, 0.0])
def test_transformers_as_they_come_are_right(name, p):
    report = dropscope.check(transformer(name, p), batch(name))
    assert report.ok
    verdicts = {gap.verdict.value for gap in report.gaps}
    if p:
        assert "right" in verdicts
    else:
        assert verdicts == {"none"}


class Broken(nn.Module):
    def __init__(self, kind, p=0.1):
        super().__init__()
        self.kind, self.p = kind, p

    def forward(self, x):
        if self.kind == "always":
            return nn.functional.dropout(x, self.p, True)
        return x * (torch.rand_like(x) > self.p) if self.training else x


def places_of_dropout(model):
    return [
        (module, name)
        for module in model.modules()
        for name, child in module.named_children()
        if isinstance(child, nn.Dropout)
    ]


@pytest.mark.parametrize("name", [name for name in NAMES if name != "llama"])
@pytest.mark.parametrize(("kind", "verdict"), [("always", "on-at-test"), ("no", "unscaled")])
def test_transformers_with_one_dropout_broken_are_wrong(name, kind, verdict):
    model = transformer(name, 0.1)
    places = places_of_dropout(model)
    if not places:
        pytest.skip("this version of the model has no modules for dropout")
    parent, child = places[-1]
    setattr(parent, child, Broken(kind))
    report = dropscope.check(model, batch(name))
    assert not report.ok
    assert {f.verdict.value for f in report.findings if f.severity == "bug"} == {verdict}


VISION = ["resnet18", "mobilenet_v3_small", "efficientnet_b0", "shufflenet_v2_x0_5",
          "squeezenet1_1", "densenet121", "swin_t", "vit"]  # fmt: skip


def network(name):
    models = pytest.importorskip("torchvision").models
    if name == "vit":
        return models.VisionTransformer(
            image_size=64, patch_size=16, num_layers=2, num_heads=2, hidden_dim=32, mlp_dim=64,
            dropout=0.1, attention_dropout=0.1, num_classes=10,
        )  # fmt: skip
    return getattr(models, name)(weights=None)


@pytest.mark.parametrize("name", VISION)
def test_networks_for_images_as_they_come_are_right(name):
    report = dropscope.check(network(name), torch.randn(6, 3, 64, 64), passes=4, looks=1)
    assert report.ok


def test_a_network_for_images_with_a_broken_dropout_is_wrong():
    model = network("mobilenet_v3_small")
    model.classifier[2] = Broken("no", 0.2)
    report = dropscope.check(model, torch.randn(16, 3, 64, 64), passes=4, looks=1)
    assert {f.verdict.value for f in report.findings if f.severity == "bug"} == {"unscaled"}
