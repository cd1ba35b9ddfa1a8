"""Wrappers, precisions, inputs and models that are refused."""

from __future__ import annotations

import contextlib
import dataclasses

import pytest

torch = pytest.importorskip("torch")

import torch.nn.functional as F  # noqa: E402
import zoo  # noqa: E402
from torch import nn  # noqa: E402

import dropscope  # noqa: E402
from dropscope._probe import Probe  # noqa: E402

pytestmark = pytest.mark.usefixtures("repeatable")


def verdicts(report):
    return {gap.verdict.value for gap in report.gaps} - {"none"}


PAIRS = [(lambda: nn.Dropout(0.3), "right"), (zoo.Unscaled, "unscaled")]


@pytest.mark.parametrize(("drop", "verdict"), PAIRS)
@pytest.mark.parametrize("backend", ["eager", "aot_eager"])
def test_a_compiled_model_is_looked_at_inside(drop, verdict, backend):
    model = torch.compile(zoo.mlp(drop()), backend=backend)
    x = torch.randn(64, 20)
    model(x).sum().backward()
    report = dropscope.check(model, x)
    assert verdicts(report) == {verdict}
    assert any("torch.compile" in finding.sentence for finding in report.findings)


@pytest.mark.parametrize(("drop", "verdict"), PAIRS)
def test_a_model_with_a_compiled_part_is_looked_at(drop, verdict):
    model = zoo.mlp(drop())
    model[4].compile(backend="eager")
    assert verdicts(dropscope.check(model, torch.randn(64, 20))) == {verdict}
    assert model[4]._compiled_call_impl is not None


@pytest.mark.parametrize(("drop", "verdict"), PAIRS)
def test_a_wrapper_for_several_devices_is_taken_off(drop, verdict):
    report = dropscope.check(nn.DataParallel(zoo.mlp(drop())), torch.randn(64, 20))
    assert verdicts(report) == {verdict}
    assert any("DataParallel" in finding.sentence for finding in report.findings)


@pytest.mark.parametrize(("drop", "verdict"), PAIRS)
@pytest.mark.parametrize("dtype", [torch.float64, torch.bfloat16, torch.float16])
def test_all_precisions_are_judged(drop, verdict, dtype):
    model = zoo.mlp(drop()).to(dtype)
    report = dropscope.check(model, torch.randn(64, 20, dtype=dtype))
    assert verdicts(report) == {verdict}


@pytest.mark.parametrize(("drop", "verdict"), PAIRS)
@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
def test_autocast_is_judged(drop, verdict, dtype):
    with torch.autocast("cpu", dtype=dtype):
        report = dropscope.check(zoo.mlp(drop()), torch.randn(64, 20))
    assert verdicts(report) == {verdict}


@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device")
@pytest.mark.parametrize(("drop", "verdict"), PAIRS)
def test_a_model_on_a_graphics_processor_is_judged(drop, verdict):
    state = torch.cuda.get_rng_state()
    report = dropscope.check(zoo.mlp(drop()).cuda(), torch.randn(64, 20).cuda())
    assert verdicts(report) == {verdict}
    assert torch.equal(torch.cuda.get_rng_state(), state)


@pytest.mark.parametrize("mode", [True, False])
@pytest.mark.parametrize("context", [torch.no_grad, torch.inference_mode, contextlib.nullcontext])
def test_the_mode_of_the_person_does_not_matter(mode, context):
    model = zoo.mlp(zoo.Unscaled()).train(mode)
    x = torch.randn(64, 20)
    with context():
        report = dropscope.check(model, x)
    assert verdicts(report) == {"unscaled"}
    assert all(module.training is mode for module in model.modules())


def test_inputs_come_as_tuples_and_by_a_call_of_ones_own():
    left, right = torch.randn(64, 20), torch.randn(64, 10)
    model = zoo.Mixed(zoo.Unscaled())
    assert verdicts(dropscope.check(model, (left, right))) == {"unscaled"}
    report = dropscope.check(
        model, {"pair": [left, right]}, call=lambda m, b: m(b["pair"][0], right=b["pair"][1])
    )
    assert verdicts(report) == {"unscaled"}


def test_inputs_and_outputs_may_be_data_classes():
    @dataclasses.dataclass(frozen=True)
    class Values:
        values: torch.Tensor

    class Model(nn.Module):
        def __init__(self):
            super().__init__()
            self.fc, self.drop = nn.Linear(20, 32), zoo.Unscaled()

        def forward(self, batch):
            return Values(self.drop(self.fc(batch.values)))

    report = dropscope.check(Model(), Values(torch.randn(64, 20)))
    assert [gap.verdict.value for gap in report.gaps] == ["none", "unscaled"]


def test_dropout_in_the_call_itself_has_its_line():
    model = zoo.mlp(nn.Identity())
    report = dropscope.check(
        model, torch.randn(64, 20), call=lambda m, x: m(F.dropout(x, 0.2, m.training))
    )
    assert report.gaps[0].verdict == "right"
    assert report.gaps[0].source.split(":")[0].endswith("test_kinds_of_models.py")


def test_examples_that_hang_together_are_not_parted():
    class Graph(nn.Module):
        def __init__(self):
            super().__init__()
            self.a, self.b, self.drop = nn.Linear(20, 32), nn.Linear(32, 5), nn.Dropout(0.3)

        def forward(self, x, adjacency):
            return self.b(self.drop(torch.relu(adjacency @ self.a(x))))

    nodes, edges = torch.randn(100, 20), torch.rand(100, 100)
    report = dropscope.check(Graph(), {"x": nodes, "adjacency": edges})
    assert verdicts(report) == {"right"}


def test_a_scripted_model_is_refused_with_a_reason():
    scripted = torch.jit.trace(nn.Linear(20, 5), torch.randn(2, 20))
    with pytest.raises(TypeError, match="hooks"):
        dropscope.check(nn.Sequential(scripted), torch.randn(4, 20))


def test_a_sharded_model_is_refused_with_a_reason():
    class FSDPModule(nn.Linear):
        pass

    with pytest.raises(TypeError, match="FSDP"):
        dropscope.check(FSDPModule(20, 5), torch.randn(4, 20))


def test_what_is_no_model_is_refused():
    with pytest.raises(TypeError, match=r"not a torch\.nn\.Module"):
        dropscope.check(lambda x: x, torch.randn(4, 20))
    with pytest.raises(ValueError, match="first call"):
        dropscope.check(nn.LazyLinear(5), torch.randn(4, 20))
    with pytest.raises(ValueError, match="meta"):
        dropscope.check(nn.Linear(20, 5, device="meta"), torch.randn(4, 20))


def test_an_error_of_the_model_reaches_the_person():
    with pytest.raises(RuntimeError, match="shapes"):
        dropscope.check(nn.Linear(20, 5), torch.randn(4, 7))


def test_values_that_are_no_numbers_are_not_judged():
    model = zoo.mlp(zoo.Unscaled())
    report = dropscope.check(model, torch.full((64, 20), float("nan")))
    assert {gap.verdict.value for gap in report.gaps} == {"unmeasured"}


def test_large_images_are_judged_by_some_of_their_positions():
    model = nn.Sequential(
        nn.Conv2d(3, 32, 3, padding=1), nn.ReLU(), nn.Dropout2d(0.3), nn.Conv2d(32, 8, 3, 2),
        nn.ReLU(), zoo.Unscaled(), nn.Conv2d(8, 4, 3),
    )  # fmt: skip
    report = dropscope.check(model, torch.randn(32, 3, 64, 64), passes=4, looks=1)
    assert [gap.verdict.value for gap in report.gaps] == ["none", "channels", "unscaled", "none"]


def test_a_model_without_layers_is_judged_by_its_output():
    report = dropscope.check(zoo.Unscaled(), torch.randn(64, 20))
    assert not report.ok
    assert len(report.gaps) == 1


def test_counts_add_up_over_looks_and_start_again_with_a_new_rate():
    model = zoo.mlp(nn.Dropout(0.3))
    probe = Probe(model, torch.randn(64, 20))
    draws = [probe.look().gaps[1].draws for _ in range(3)]
    assert draws[2] == pytest.approx(3 * draws[0], rel=0.1)
    model[3].p = 0.6
    gap = probe.look().gaps[1]
    assert gap.verdict == "right"
    assert gap.draws == pytest.approx(draws[0], rel=0.1)
    assert gap.keep == pytest.approx(0.4, abs=6 * gap.keep_error)


def test_a_look_without_places_measures_sums_and_masks():
    model = zoo.mlp(nn.Dropout(0.3))
    x, y = torch.randn(64, 20), torch.randint(0, 5, (64,))
    probe = Probe(model, x, loss_fn=F.cross_entropy, targets=y, units=16)
    first, second = probe.look(), probe.look(places=False)
    assert first.gaps is not None
    assert second.gaps is None
    assert len(second.divergence) == len(probe.layers) == 3
    assert second.divergence[0] == 0
    assert second.divergence[1] > 0
    assert second.loss_test == pytest.approx(F.cross_entropy(model.eval()(x[:32]), y[:32]).item())
    assert [row.gap for row in second.masks] == [1]
    assert len(second.masks[0].kept) == 16
    assert set(second.masks[0].kept) <= set("01?")
    assert [len(column.test) for column in second.units] == [16, 16, 5]


def test_divergence_of_an_unscaled_dropout_is_above_its_floor_and_of_a_right_one_is_not():
    x = torch.randn(64, 20)
    torch.manual_seed(1)
    right = Probe(zoo.mlp(nn.Dropout(0.3)), x, passes=64).look()
    torch.manual_seed(1)
    wrong = Probe(zoo.mlp(zoo.Unscaled()), x, passes=64).look()
    assert right.divergence[1] < 1.3 * right.floor[1]
    assert wrong.divergence[1] > 2 * wrong.floor[1]
    assert wrong.ratio[1] < 0.9
