"""PyTorch as in its tutorials: modules, autograd, an optimizer."""

from __future__ import annotations

import torch
from torch import nn

from peers.task import Layer, Task


def linear_layers(task: Task) -> list[nn.Linear]:
    """The layers at the task's start."""
    layers = []
    for start in task.start:
        inputs, units = start.weights.shape
        layer = nn.Linear(inputs, units)
        with torch.no_grad():
            layer.weight.copy_(torch.from_numpy(start.weights.T.copy()))
            layer.bias.copy_(torch.from_numpy(start.biases))
        layers.append(layer)
    return layers


class TorchEagerPeer:
    """`nn.Sequential` with `nn.Dropout`, cross-entropy, `optim.SGD`."""

    chunk = 1

    def __init__(self, task: Task) -> None:
        torch.set_num_threads(1)
        torch.manual_seed(11)
        self._linear = linear_layers(task)
        modules: list[nn.Module] = []
        for layer in self._linear[:-1]:
            modules += [layer, nn.ReLU(), nn.Dropout(1 - task.keep)]
        self._model = nn.Sequential(*modules, self._linear[-1])
        self._loss = nn.CrossEntropyLoss()
        self._optimizer = torch.optim.SGD(
            self._model.parameters(), lr=task.learning_rate, fused=True
        )
        self._inputs = torch.from_numpy(task.inputs)
        self._labels = torch.from_numpy(task.labels).long()
        self._batch = task.batch
        self._minibatches = iter(())

    def _next(self) -> torch.Tensor:
        examples = next(self._minibatches, None)
        if examples is None:
            self._minibatches = iter(torch.randperm(len(self._labels)).split(self._batch))
            examples = next(self._minibatches)
        return examples

    def run(self, steps: int) -> None:
        """Takes steps."""
        self._model.train()
        for _ in range(steps):
            examples = self._next()
            self._optimizer.zero_grad(set_to_none=True)
            loss = self._loss(self._model(self._inputs[examples]), self._labels[examples])
            loss.backward()
            self._optimizer.step()

    def layers(self) -> list[Layer]:
        """A copy of the parameters."""
        return [
            Layer(layer.weight.detach().numpy().T.copy(), layer.bias.detach().numpy().copy())
            for layer in self._linear
        ]
