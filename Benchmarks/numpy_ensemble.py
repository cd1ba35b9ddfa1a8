"""The mean of a softmax over all 2^20 subnetworks of 20 masked units in NumPy, on one thread.

The same method as in CKernels: exponentials of the two halves, denominators as one product of rank `classes`, their
reciprocals, and a second product. Prints a line "TYPE CLASSES SUBNETWORKS_PER_SECOND MEAN..." for each case; the
weights are those of the Swift side, so that the means can be compared.
"""
import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import sys
import time

import numpy


def subset_sums(contributions):
    sums = numpy.zeros((1, contributions.shape[1]))
    for row in contributions:
        sums = numpy.concatenate([sums, sums + row])
    return sums


def probabilities(keep, units):
    weights = numpy.ones(1)
    for _ in range(units):
        weights = numpy.concatenate([weights * (1 - keep), weights * keep])
    return weights


def mean(rows, columns, row_weights, columns_weighted):
    denominators = rows @ columns
    numpy.reciprocal(denominators, out=denominators)
    return (row_weights[:, None] * rows * (denominators @ columns_weighted)).sum(axis=0)


def main():
    lines = sys.stdin.read().splitlines()
    for line in lines:
        numbers = [float(word) for word in line.split()]
        classes, keep = int(numbers[0]), numbers[1]
        base = numpy.array(numbers[2 : 2 + classes])
        contributions = numpy.array(numbers[2 + classes :]).reshape(20, classes)
        for kind in (numpy.float32, numpy.float64):
            low = subset_sums(contributions[:10])
            high = subset_sums(contributions[10:]) + base
            rows = numpy.exp(high - high.max()).astype(kind)
            columns = numpy.exp(low - low.max()).T.astype(kind).copy()
            weights = probabilities(keep, 10).astype(kind)
            weighted = (columns * weights).T.copy()
            best = float("inf")
            for _ in range(30):
                start = time.perf_counter()
                result = mean(rows, columns, weights, weighted)
                best = min(best, time.perf_counter() - start)
            print(kind.__name__, classes, 2**20 / best, *result)


main()
