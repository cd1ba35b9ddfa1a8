"""Models of other frameworks, which are refused with a reason."""

from __future__ import annotations

from typing import Any

_OTHERS = {
    "keras": "Keras",
    "tf_keras": "Keras",
    "tensorflow": "TensorFlow",
    "jax": "JAX",
    "jaxlib": "JAX",
    "flax": "JAX",
    "haiku": "JAX",
    "equinox": "JAX",
}


def refuse_others(model: Any) -> None:
    """Raises for a model that PyTorch does not run.

    Keras's models are refused with PyTorch below them too: Keras tells each call its mode, and
    knows no `eval()` that a probe could use.

    Raises:
        TypeError: with the framework's name.
    """
    for kind in type(model).__mro__:
        name = _OTHERS.get(kind.__module__.split(".")[0])
        if name is not None:
            raise TypeError(
                f"the model is a {type(model).__name__} of {name}: dropscope looks at models of "
                "PyTorch. Keras and JAX are not supported yet; they come next."
            )
