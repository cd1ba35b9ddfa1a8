"""One peer as a process: a line in, a line of JSON out.

    python3 -m peers NAME [--no-compile]

`load FOLDER` starts the task in a folder anew and takes the first steps. `run STEPS` takes steps
and returns their time. `test` returns the share of test examples that the network classifies right.
So start-up and compilation are never timed.
"""

from __future__ import annotations

import os

# Set before the import of NumPy and the others, which read them once.
for variable in (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
):
    os.environ[variable] = "1"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"
os.environ["JAX_PLATFORMS"] = "cpu"

import argparse
import json
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import Callable

from peers.peer import Peer
from peers.task import Task, load


def numpy_peer(task: Task, compiles: bool) -> Peer:
    """NumPy in place."""
    from peers.numpy_peer import NumpyPeer

    return NumpyPeer(task)


def jax_peer(task: Task, compiles: bool) -> Peer:
    """JAX with a scan."""
    from peers.jax_peer import JaxPeer

    return JaxPeer(task)


def torch_eager(task: Task, compiles: bool) -> Peer:
    """PyTorch as in its tutorials."""
    from peers.torch_eager import TorchEagerPeer

    return TorchEagerPeer(task)


def torch_tuned(task: Task, compiles: bool) -> Peer:
    """PyTorch tuned by hand."""
    from peers.torch_tuned import TorchTunedPeer

    return TorchTunedPeer(task, compiles=compiles)


PEERS: dict[str, tuple[str, Callable[[Task, bool], Peer]]] = {
    "numpy": ("numpy", numpy_peer),
    "torch-eager": ("torch", torch_eager),
    "torch-tuned": ("torch", torch_tuned),
    "jax": ("jax", jax_peer),
}


def main() -> None:
    """Answers lines until there are no more."""
    parser = argparse.ArgumentParser(prog="python3 -m peers")
    parser.add_argument("name", choices=PEERS)
    parser.add_argument(
        "--no-compile", action="store_true", help="leave out torch.compile, which takes minutes"
    )
    options = parser.parse_args()
    package, create = PEERS[options.name]
    task: Task | None = None
    peer: Peer | None = None
    # The frameworks may print, so the answers have the standard output to themselves.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)

    def answer(**facts: object) -> None:
        print(json.dumps(facts), file=answers, flush=True)

    for line in sys.stdin:
        command, _, argument = line.strip().partition(" ")
        if command == "load":
            task = load(Path(argument))
            peer = create(task, not options.no_compile)
            peer.run(2 * peer.chunk)
            answer(chunk=peer.chunk, version=version(package), note=getattr(peer, "note", ""))
        elif command == "run" and peer is not None:
            start = time.perf_counter()
            peer.run(int(argument))
            answer(seconds=time.perf_counter() - start)
        elif command == "test" and task is not None and peer is not None:
            accuracy = task.accuracy(peer.layers())
            # JSON has no NaN, so a network that is not finite counts as wrong on every example.
            answer(accuracy=accuracy if accuracy == accuracy else 0.0)
        else:
            raise SystemExit(
                f"python3 -m peers: '{line.strip()}' is not understood here; load a task first"
            )


if __name__ == "__main__":
    main()
