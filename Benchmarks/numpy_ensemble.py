"""The mean of a softmax over all 2^20 subnetworks of 20 masked units in NumPy, on one thread.

The method is that of CKernels: exponentials of the two halves, denominators as one product of rank
`classes`, their reciprocals, and a second product. It prints a line
"TYPE CLASSES SUBNETWORKS_PER_SECOND MEAN..." for each case. The weights are those of the Swift
side, so that the means can be compared.
"""

from __future__ import annotations

import os

# Set before the import of NumPy, which reads them once.
for variable in (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
):
    os.environ[variable] = "1"

import sys
import time

import numpy as np

UNITS = 20
RUNS = 30


def subset_sums(contributions: np.ndarray) -> np.ndarray:
    """The sums of all subsets of rows, `[subset][class]`."""
    sums = np.zeros((1, contributions.shape[1]))
    for row in contributions:
        sums = np.concatenate([sums, sums + row])
    return sums


def probabilities(keep: float, units: int) -> np.ndarray:
    """The probability of each subset of the units."""
    weights = np.ones(1)
    for _ in range(units):
        weights = np.concatenate([weights * (1 - keep), weights * keep])
    return weights


def mean(
    rows: np.ndarray, columns: np.ndarray, row_weights: np.ndarray, columns_weighted: np.ndarray
) -> np.ndarray:
    """The arithmetic mean, `[class]`, from the exponentials of both halves."""
    denominators = rows @ columns
    np.reciprocal(denominators, out=denominators)
    return (row_weights[:, None] * rows * (denominators @ columns_weighted)).sum(axis=0)


def measure(line: str) -> None:
    """Measures the case of a line in both precisions."""
    numbers = [float(word) for word in line.split()]
    classes, keep = int(numbers[0]), numbers[1]
    base = np.array(numbers[2 : 2 + classes])
    contributions = np.array(numbers[2 + classes :]).reshape(UNITS, classes)
    half = UNITS // 2
    for kind in (np.float32, np.float64):
        low = subset_sums(contributions[:half])
        high = subset_sums(contributions[half:]) + base
        rows = np.exp(high - high.max()).astype(kind)
        columns = np.exp(low - low.max()).T.astype(kind).copy()
        weights = probabilities(keep, half).astype(kind)
        weighted = (columns * weights).T.copy()
        best = float("inf")
        result = np.zeros(classes)
        for _ in range(RUNS):
            start = time.perf_counter()
            result = mean(rows, columns, weights, weighted)
            best = min(best, time.perf_counter() - start)
        print(kind.__name__, classes, 2**UNITS / best, *result)


if __name__ == "__main__":
    for case in sys.stdin.read().splitlines():
        measure(case)
