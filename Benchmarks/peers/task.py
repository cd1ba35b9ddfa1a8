"""A task as dropscope writes it to a folder: the data, the initial weights and the network."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Labels = NDArray[np.int32]


@dataclass(frozen=True)
class Layer:
    """A layer's parameters: weights `[inputs][units]` and biases `[units]`."""

    weights: Floats
    biases: Floats


@dataclass(frozen=True)
class Task:
    """A task: data, network, batch, keep probability of hidden layers, learning rate, start."""

    name: str
    sizes: tuple[int, ...]
    batch: int
    keep: float
    learning_rate: float
    inputs: Floats
    labels: Labels
    test_inputs: Floats
    test_labels: Labels
    start: tuple[Layer, ...]

    @property
    def hidden(self) -> tuple[int, ...]:
        """The units of each hidden layer."""
        return self.sizes[1:-1]

    @property
    def classes(self) -> int:
        """The number of classes."""
        return self.sizes[-1]

    @property
    def steps_per_epoch(self) -> int:
        """The number of minibatches in an epoch; the examples fill them all."""
        return len(self.labels) // self.batch

    def one_hot(self) -> Floats:
        """The training labels as rows of 0 and a single 1, `[example][class]`."""
        return np.eye(self.classes, dtype=np.float32)[self.labels]

    def accuracy(self, layers: list[Layer]) -> float:
        """The share of the test examples that a network without dropout classifies right."""
        values = self.test_inputs
        for index, layer in enumerate(layers):
            values = values @ layer.weights + layer.biases
            if index < len(layers) - 1:
                values = np.maximum(values, 0)
        if not np.isfinite(values).all():
            return float("nan")
        return float((values.argmax(axis=1) == self.test_labels).mean())


def load(folder: Path) -> Task:
    """Reads the task in a folder; raises ValueError where task.json and a file's size disagree."""
    facts = json.loads((folder / "task.json").read_text())
    sizes = tuple(facts["sizes"])

    def numbers(name: str, kind: str, count: int) -> NDArray:
        values = np.fromfile(folder / name, dtype=kind)
        if len(values) != count:
            raise ValueError(
                f"{folder / name} holds {len(values)} numbers, task.json says {count}; "
                "write it again"
            )
        return values

    def examples(part: str) -> tuple[Floats, Labels]:
        count = facts[part]
        inputs = numbers(f"{part}-inputs.f32", "<f4", count * sizes[0]).reshape(count, sizes[0])
        return inputs, numbers(f"{part}-labels.i32", "<i4", count)

    start = tuple(
        Layer(
            # The file's shape is `[units][inputs]`, that of dropscope's matrices.
            np.ascontiguousarray(
                numbers(f"weights{index}.f32", "<f4", inputs * units).reshape(units, inputs).T
            ),
            numbers(f"biases{index}.f32", "<f4", units),
        )
        for index, (inputs, units) in enumerate(zip(sizes, sizes[1:]))
    )
    inputs, labels = examples("training")
    test_inputs, test_labels = examples("test")
    return Task(
        name=facts["name"],
        sizes=sizes,
        batch=facts["batch"],
        keep=facts["keep"],
        learning_rate=facts["learningRate"],
        inputs=inputs,
        labels=labels,
        test_inputs=test_inputs,
        test_labels=test_labels,
        start=start,
    )
