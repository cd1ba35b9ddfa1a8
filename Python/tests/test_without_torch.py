"""The package where there is no PyTorch."""

from __future__ import annotations

import importlib.util
import subprocess
import sys

import pytest

import dropscope

HAS_TORCH = importlib.util.find_spec("torch") is not None


def test_importing_it_imports_no_torch():
    script = "import dropscope, sys; print(sorted({'torch', 'numpy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], check=True, stdout=subprocess.PIPE)
    assert done.stdout == b"[]\n"


@pytest.mark.skipif(HAS_TORCH, reason="PyTorch is installed")
@pytest.mark.parametrize("function", [dropscope.check, dropscope.watch])
def test_without_torch_it_says_what_to_install(function):
    with pytest.raises(ImportError, match="pip install torch"):
        function(None, None)


@pytest.mark.parametrize("function", [dropscope.check, dropscope.watch])
@pytest.mark.parametrize(
    ("module", "name"), [("keras.src.models", "Keras"), ("flax.linen.module", "JAX")]
)
def test_models_of_other_frameworks_are_refused_by_name(function, module, name):
    kind = type("Own", (type("Model", (), {"__module__": module}),), {})
    with pytest.raises(TypeError, match=f"a Own of {name}: .* they come next"):
        function(kind(), None)
