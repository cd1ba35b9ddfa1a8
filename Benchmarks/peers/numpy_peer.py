"""NumPy, in place: every array is allocated once, and every operation writes into one of them."""

from __future__ import annotations

import numpy as np

from peers.peer import EpochOrder
from peers.task import Floats, Layer, Task


class NumpyPeer:
    """Forward pass, backward pass and update by hand, with as few calls as possible.

    Parameters are in one array and gradients in another, so that the update is one operation. The
    masks of all hidden layers are drawn in one call. All arrays are contiguous. Sums over examples
    are products with a row of ones. Reductions are called as methods of their ufuncs, since
    `numpy.sum` is Python code around them.
    """

    chunk = 1

    def __init__(self, task: Task) -> None:
        batch, sizes = task.batch, task.sizes
        self._task = task
        self._order = EpochOrder(task)
        self._random = np.random.default_rng(11)
        self._one_hot = task.one_hot()
        count = sum(layer.weights.size + layer.biases.size for layer in task.start)
        self._parameters = np.empty(count, np.float32)
        self._gradients = np.empty(count, np.float32)
        self._weights, self._biases = self._views(self._parameters)
        self._weight_gradients, self._bias_gradients = self._views(self._gradients)
        for weights, biases, layer in zip(self._weights, self._biases, task.start):
            weights[:] = layer.weights
            biases[:] = layer.biases
        self._inputs = np.empty((batch, sizes[0]), np.float32)
        self._targets = np.empty((batch, sizes[-1]), np.float32)
        self._activations = [np.empty((batch, units), np.float32) for units in sizes[1:]]
        self._deltas = [np.empty((batch, units), np.float32) for units in sizes[1:-1]]
        self._active = [np.empty((batch, units), np.bool_) for units in sizes[1:-1]]
        self._row = np.empty((batch, 1), np.float32)
        self._ones = np.ones(batch, np.float32)
        self._keep = np.float32(task.keep)
        self._scale = np.float32(1 / task.keep)
        self._rate = np.float32(task.learning_rate / batch)
        self._zero = np.float32(0)
        drawn = batch * sum(task.hidden)
        self._uniforms = np.empty(drawn, np.float32)
        self._kept = np.empty(drawn, np.bool_)
        self._factors = np.empty(drawn, np.float32)
        self._masks: list[Floats] = []
        first = 0
        for units in task.hidden:
            self._masks.append(self._factors[first : first + batch * units].reshape(batch, units))
            first += batch * units

    def _views(self, block: Floats) -> tuple[list[Floats], list[Floats]]:
        weights, biases, first = [], [], 0
        for inputs, units in zip(self._task.sizes, self._task.sizes[1:]):
            weights.append(block[first : first + inputs * units].reshape(inputs, units))
            first += inputs * units
            biases.append(block[first : first + units])
            first += units
        return weights, biases

    def run(self, steps: int) -> None:
        """Takes steps."""
        for _ in range(steps):
            self._step()

    def _step(self) -> None:
        last = len(self._weights) - 1
        examples = self._order.next()
        # With mode "clip" NumPy writes into the given array without an intermediate copy.
        self._task.inputs.take(examples, 0, self._inputs, "clip")
        self._one_hot.take(examples, 0, self._targets, "clip")
        self._random.random(None, np.float32, self._uniforms)
        np.less(self._uniforms, self._keep, self._kept)
        np.multiply(self._kept, self._scale, self._factors)

        values = self._inputs
        for layer in range(last + 1):
            below, values = values, self._activations[layer]
            np.dot(below, self._weights[layer], values)
            np.add(values, self._biases[layer], values)
            if layer < last:
                np.maximum(values, self._zero, values)
                np.multiply(values, self._masks[layer], values)

        # The gradient of the mean cross-entropy, times the learning rate. Everything after it is
        # linear in it.
        delta, row = values, self._row
        np.maximum.reduce(delta, 1, None, row, True)
        np.subtract(delta, row, delta)
        np.exp(delta, delta)
        np.add.reduce(delta, 1, None, row, True)
        np.divide(delta, row, delta)
        np.subtract(delta, self._targets, delta)
        np.multiply(delta, self._rate, delta)

        for layer in range(last, -1, -1):
            below = self._activations[layer - 1] if layer > 0 else self._inputs
            np.dot(below.T, delta, self._weight_gradients[layer])
            np.dot(self._ones, delta, self._bias_gradients[layer])
            if layer > 0:
                signal, active = self._deltas[layer - 1], self._active[layer - 1]
                np.dot(delta, self._weights[layer].T, signal)
                np.multiply(signal, self._masks[layer - 1], signal)
                np.greater(below, self._zero, active)
                np.multiply(signal, active, signal)
                delta = signal
        np.subtract(self._parameters, self._gradients, self._parameters)

    def layers(self) -> list[Layer]:
        """A copy of the parameters."""
        return [Layer(w.copy(), b.copy()) for w, b in zip(self._weights, self._biases)]
