"""Arguments that are refused by name, and where a recording to the output is announced."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

from torch import nn  # noqa: E402

import dropscope  # noqa: E402

pytestmark = pytest.mark.usefixtures("one_thread")


def model():
    return nn.Sequential(nn.Linear(8, 64), nn.Dropout(0.3), nn.Linear(64, 2))


@pytest.mark.parametrize(
    ("name", "value", "kind", "said"),
    [
        ("seed", "x", TypeError, "seed is a whole number, not 'x'"),
        ("seed", 1.5, TypeError, "seed is a whole number, not 1.5"),
        ("units", 0, ValueError, "units is 0; it is at least 1"),
        ("passes", 1, ValueError, "passes is 1; it is at least 2"),
        ("passes", True, TypeError, "passes is a whole number, not True"),
    ],
)
@pytest.mark.parametrize("function", [dropscope.check, dropscope.watch])
def test_what_is_no_such_number_is_refused_by_name(function, name, value, kind, said):
    with pytest.raises(kind) as caught:
        function(model(), torch.randn(16, 8), **{name: value})
    assert str(caught.value) == said


@pytest.mark.parametrize("name", ["looks", "max_examples"])
def test_check_needs_a_look_and_an_example(name):
    with pytest.raises(ValueError, match=f"{name} is 0; it is at least 1"):
        dropscope.check(model(), torch.randn(16, 8), **{name: 0})


def test_a_seed_of_numpy_is_a_number():
    numpy = pytest.importorskip("numpy")
    assert dropscope.check(model(), torch.randn(16, 8), seed=numpy.int64(3), quiet=True).ok


def test_a_recording_to_the_standard_output_is_announced_as_one(capfd):
    scope = dropscope.watch(model(), torch.randn(16, 8), path="-")
    scope.close()
    said = capfd.readouterr().err
    assert "recording to the standard output" in said
    assert "dropscope view -" in said
    assert "/dev/fd" not in said


def test_a_gradient_that_cannot_be_compared_is_said_once(capfd):
    class Cut(nn.Module):
        def __init__(self):
            super().__init__()
            self.parts = nn.ModuleList(nn.Linear(16, 16) for _ in range(3))

        def forward(self, x):
            for part in self.parts:
                x = _Once.apply(part(x))
            return x

    report = dropscope.check(Cut(), torch.randn(32, 16))
    printed = capfd.readouterr()
    assert printed.err.count("could not be compared") == 1
    remarks = [f for f in report.findings if "could not be compared" in f.sentence]
    assert len(remarks) > 1


class _Once(torch.autograd.Function):
    """A backward pass that fails, with words of its own each time."""

    count = 0

    @staticmethod
    def forward(ctx, x):
        return x * 1.0

    @staticmethod
    def backward(ctx, gradient):
        _Once.count += 1
        raise RuntimeError(f"failure {_Once.count}")
