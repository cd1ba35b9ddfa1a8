// Runs every kernel of one path and prints a line for each case: its name and a hash of all
// resulting bits.
//
// kernel_vectors PATH: two paths agree where the lines are the same. Status 3: this processor
// cannot run the path. Scripts/check-kernels compares all paths, including those of another
// processor.
#include <stdio.h>

#include "vectors.h"

int main(int count, char **arguments) {
  if (count != 2) {
    fprintf(stderr, "usage: kernel_vectors PATH, one of reference portable avx2 avx512 neon\n");
    return 2;
  }
  const char *path = arguments[1];
  vectors v = {.kernels = ck_kernels_named(path), .ensembles = ck_ensemble_kernels_named(path)};
  if (!v.kernels || !v.ensembles) {
    fprintf(stderr, "kernel_vectors: this processor cannot run the path %s\n", path);
    return 3;
  }
  masks_and_order_cases(&v);
  layer_cases(&v);
  training_cases(&v);
  ensemble_cases(&v);
  // A full disk must not look like agreement.
  return fflush(stdout) == 0 ? 0 : 1;
}
