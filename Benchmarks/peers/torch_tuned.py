"""PyTorch tuned for speed: no autograd and no modules; by hand, or compiled."""

from __future__ import annotations

import time
from typing import Protocol

import torch

from peers.task import Layer, Task

# The number of steps in a compiled call: enough to hide the call, but few enough to compile in
# about a minute.
UNROLLED = 8


class Form(Protocol):
    """One way to take steps."""

    chunk: int

    def run(self, steps: int) -> None:
        """Takes steps, a multiple of `chunk`."""

    def layers(self) -> list[Layer]:
        """A copy of the parameters."""


class ByHand:
    """Every operation writes into a tensor that is allocated once."""

    chunk = 1

    def __init__(self, task: Task) -> None:
        batch, sizes = task.batch, task.sizes
        self._task = task
        self._examples = torch.from_numpy(task.inputs)
        self._one_hot = torch.from_numpy(task.one_hot())
        count = sum(layer.weights.size + layer.biases.size for layer in task.start)
        self._parameters = torch.empty(count)
        self._gradients = torch.empty(count)
        self._weights, self._biases = self._views(self._parameters)
        self._weight_gradients, self._bias_gradients = self._views(self._gradients)
        for weights, biases, layer in zip(self._weights, self._biases, task.start):
            weights.copy_(torch.from_numpy(layer.weights))
            biases.copy_(torch.from_numpy(layer.biases))
        self._transposed_weights = [weights.t() for weights in self._weights]
        # The values that each layer receives, and the sums of the output layer.
        self._values = [torch.empty(batch, units) for units in sizes]
        self._transposed_values = [values.t() for values in self._values]
        self._targets = torch.empty(batch, sizes[-1])
        self._signals = [torch.empty(batch, units) for units in sizes[1:-1]]
        self._active = [torch.empty(batch, units, dtype=torch.bool) for units in sizes[1:-1]]
        self._factors = torch.empty(batch * sum(task.hidden))
        parts = self._factors.split([batch * units for units in task.hidden])
        self._masks = [part.view(batch, units) for part, units in zip(parts, task.hidden)]
        self._minibatches = iter(())

    def _views(self, block: torch.Tensor) -> tuple[list[torch.Tensor], list[torch.Tensor]]:
        weights, biases, first = [], [], 0
        for inputs, units in zip(self._task.sizes, self._task.sizes[1:]):
            weights.append(block[first : first + inputs * units].view(inputs, units))
            first += inputs * units
            biases.append(block[first : first + units])
            first += units
        return weights, biases

    def _next(self) -> torch.Tensor:
        examples = next(self._minibatches, None)
        if examples is None:
            self._minibatches = iter(torch.randperm(len(self._one_hot)).split(self._task.batch))
            examples = next(self._minibatches)
        return examples

    @torch.inference_mode()
    def run(self, steps: int) -> None:
        """Takes steps."""
        for _ in range(steps):
            self._step()

    def _step(self) -> None:
        task, last, values = self._task, len(self._weights) - 1, self._values
        examples = self._next()
        torch.index_select(self._examples, 0, examples, out=values[0])
        torch.index_select(self._one_hot, 0, examples, out=self._targets)
        self._factors.bernoulli_(task.keep).mul_(1 / task.keep)
        for layer in range(last + 1):
            torch.addmm(
                self._biases[layer], values[layer], self._weights[layer], out=values[layer + 1]
            )
            if layer < last:
                values[layer + 1].relu_().mul_(self._masks[layer])
        # The gradient of the mean cross-entropy, times the learning rate. Everything after it is
        # linear in it.
        rate = task.learning_rate / task.batch
        delta = torch.softmax(values[-1], 1).sub_(self._targets).mul_(rate)
        for layer in range(last, -1, -1):
            torch.mm(self._transposed_values[layer], delta, out=self._weight_gradients[layer])
            torch.sum(delta, 0, out=self._bias_gradients[layer])
            if layer > 0:
                signal, active = self._signals[layer - 1], self._active[layer - 1]
                torch.mm(delta, self._transposed_weights[layer], out=signal)
                torch.gt(values[layer], 0, out=active)
                delta = signal.mul_(self._masks[layer - 1]).mul_(active)
        self._parameters.sub_(self._gradients)

    def layers(self) -> list[Layer]:
        """A copy of the parameters."""
        return [
            Layer(weights.numpy().copy(), biases.numpy().copy())
            for weights, biases in zip(self._weights, self._biases)
        ]


class Compiled:
    """A few steps as one function of tensors, through `torch.compile`."""

    chunk = UNROLLED

    def __init__(self, task: Task) -> None:
        self._task = task
        self._examples = torch.from_numpy(task.inputs)
        self._labels = torch.from_numpy(task.labels).long()
        self._parameters = [
            torch.from_numpy(values.copy())
            for layer in task.start
            for values in (layer.weights, layer.biases)
        ]
        self._order = torch.empty(0, dtype=torch.long)
        self._steps = torch.compile(self._unrolled)

    def _unrolled(
        self,
        parameters: list[torch.Tensor],
        examples: torch.Tensor,
        labels: torch.Tensor,
        order: torch.Tensor,
    ) -> list[torch.Tensor]:
        for minibatch in order.unbind():
            targets = torch.nn.functional.one_hot(labels[minibatch], self._task.classes)
            parameters = self._step(parameters, examples[minibatch], targets)
        return parameters

    def _step(
        self, parameters: list[torch.Tensor], inputs: torch.Tensor, targets: torch.Tensor
    ) -> list[torch.Tensor]:
        task, last = self._task, len(parameters) // 2 - 1
        values, masks = [inputs], []
        for layer in range(last + 1):
            sums = torch.addmm(parameters[2 * layer + 1], values[layer], parameters[2 * layer])
            if layer < last:
                masks.append((torch.rand_like(sums) < task.keep) / task.keep)
                sums = torch.relu(sums) * masks[layer]
            values.append(sums)
        delta = (torch.softmax(values[-1], 1) - targets) * (task.learning_rate / task.batch)
        updated: list[torch.Tensor] = []
        for layer in range(last, -1, -1):
            weights, biases = parameters[2 * layer], parameters[2 * layer + 1]
            updated = [weights - values[layer].t() @ delta, biases - delta.sum(0)] + updated
            if layer > 0:
                delta = (delta @ weights.t()) * masks[layer - 1] * (values[layer] > 0)
        return updated

    def _next(self) -> torch.Tensor:
        count = self.chunk * self._task.batch
        if len(self._order) < count:
            # With one epoch for each step of a call, the last call is a whole one.
            self._order = torch.cat([torch.randperm(len(self._labels)) for _ in range(self.chunk)])
        order, self._order = self._order[:count], self._order[count:]
        return order.view(self.chunk, self._task.batch)

    @torch.no_grad()
    def run(self, steps: int) -> None:
        """Takes steps, a multiple of `chunk`."""
        for _ in range(steps // self.chunk):
            self._parameters = self._steps(
                self._parameters, self._examples, self._labels, self._next()
            )

    def layers(self) -> list[Layer]:
        """A copy of the parameters."""
        copies = [values.numpy().copy() for values in self._parameters]
        return [Layer(weights, biases) for weights, biases in zip(copies[::2], copies[1::2])]


class TorchTunedPeer:
    """The faster of the two forms on this task."""

    def __init__(self, task: Task, compiles: bool = True) -> None:
        torch.set_num_threads(1)
        torch.manual_seed(11)
        self._form: Form = ByHand(task)
        self.note = "by hand"
        if compiles:
            self._choose(Compiled(task))
        self.chunk = self._form.chunk

    def _choose(self, compiled: Compiled) -> None:
        try:
            compiled.run(compiled.chunk)
        # The compiler may be missing, which shows in many kinds of errors.
        except Exception as error:
            self.note = f"by hand; torch.compile failed with {type(error).__name__}"
            return
        if seconds_a_step(compiled) < seconds_a_step(self._form):
            self._form = compiled
            self.note = f"torch.compile, {UNROLLED} steps a call"

    def run(self, steps: int) -> None:
        """Takes steps, a multiple of `chunk`."""
        self._form.run(steps)

    def layers(self) -> list[Layer]:
        """A copy of the parameters."""
        return self._form.layers()


def seconds_a_step(form: Form) -> float:
    """The seconds of a step: the best of three stretches of about a tenth of a second each."""
    steps = form.chunk
    while (seconds := timed(form, steps)) < 0.1:
        steps *= 2
    return min(seconds, timed(form, steps), timed(form, steps)) / steps


def timed(form: Form, steps: int) -> float:
    """The seconds that the steps take."""
    start = time.perf_counter()
    form.run(steps)
    return time.perf_counter() - start
