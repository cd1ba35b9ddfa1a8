"""JAX: a compiled scan over many steps, with their masks drawn in advance."""

from __future__ import annotations

from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from peers.task import Layer, Task

Parameters = list[tuple[jax.Array, jax.Array]]

# The number of random bits drawn at once, unless an epoch needs more: enough to hide the call, but
# few enough to stay in the cache.
MASK_BYTES = 1 << 20


class JaxPeer:
    """Gradients by `jax.grad`; a chunk of whole epochs is one compiled call."""

    def __init__(self, task: Task) -> None:
        self._task = task
        bytes_a_step = 4 * task.batch * sum(task.hidden)
        self._epochs = max(1, MASK_BYTES // (bytes_a_step * task.steps_per_epoch))
        self.chunk = self._epochs * task.steps_per_epoch
        self._random = np.random.default_rng(7)
        # The default generator, which is JAX's fastest one on a CPU.
        self._key = jax.random.key(11)
        self._parameters: Parameters = [
            (jnp.asarray(layer.weights), jnp.asarray(layer.biases)) for layer in task.start
        ]
        self._inputs = jnp.asarray(task.inputs)
        self._labels = jnp.asarray(task.one_hot())
        self._train = jax.jit(partial(train, task.keep, task.learning_rate), donate_argnums=(0,))

    def _order(self) -> np.ndarray:
        count = len(self._task.labels)
        order = np.empty((self._epochs, count), np.int32)
        order[:] = np.arange(count, dtype=np.int32)
        self._random.permuted(order, axis=1, out=order)
        return order.reshape(self.chunk, self._task.batch)

    def run(self, steps: int) -> None:
        """Takes steps, a multiple of `chunk`, and waits for them."""
        for _ in range(steps // self.chunk):
            self._parameters, self._key = self._train(
                self._parameters, self._key, self._inputs, self._labels, self._order()
            )
        jax.block_until_ready(self._parameters)

    def layers(self) -> list[Layer]:
        """A copy of the parameters."""
        return [Layer(np.array(weights), np.array(biases)) for weights, biases in self._parameters]


def train(
    keep: float,
    learning_rate: float,
    parameters: Parameters,
    key: jax.Array,
    inputs: jax.Array,
    labels: jax.Array,
    order: jax.Array,
) -> tuple[Parameters, jax.Array]:
    """Takes a step for each row of `order`."""
    key, drawn = jax.random.split(key)
    steps, batch = order.shape
    hidden = [weights.shape[1] for weights, _ in parameters[:-1]]
    kept = jax.random.bernoulli(drawn, keep, (steps, batch, sum(hidden)))

    def step(
        parameters: Parameters, minibatch: tuple[jax.Array, jax.Array]
    ) -> tuple[Parameters, None]:
        examples, masks = minibatch
        gradients = jax.grad(loss)(parameters, inputs[examples], labels[examples], masks, keep)
        return jax.tree.map(
            lambda value, slope: value - learning_rate * slope, parameters, gradients
        ), None

    parameters, _ = lax.scan(step, parameters, (order, kept))
    return parameters, key


def loss(
    parameters: Parameters, inputs: jax.Array, labels: jax.Array, masks: jax.Array, keep: float
) -> jax.Array:
    """The mean cross-entropy of a minibatch under masks, `[batch][hidden units]`."""
    values, first = inputs, 0
    for weights, biases in parameters[:-1]:
        units = weights.shape[1]
        values = jax.nn.relu(values @ weights + biases)
        values = jnp.where(masks[:, first : first + units], values / keep, 0)
        first += units
    weights, biases = parameters[-1]
    return -(labels * jax.nn.log_softmax(values @ weights + biases)).sum(axis=1).mean()
