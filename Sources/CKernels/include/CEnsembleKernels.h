// The arithmetic of ensembles: all subnetworks of the masked units that feed the output layer.
//
// With n such units a subnetwork's output sums are base + sum over its kept units of their
// contributions. The units are split: the first ones make the columns, the others the rows. So the
// sums of subnetwork (row, column) are row_z + column_z, and exp(row_z + column_z) = row_x *
// column_y. That takes 2^(n/2) exponentials for each half and output instead of 2^n. The
// denominators of a softmax are one product of rank outputs - 1:
//
//   D(row, column) = 1 + sum over the slopes of row_x * column_y
//
// where a slope is the difference between an output's sum and that of a reference output, the
// likeliest one. The mean of the probabilities is a second product of the same rank, with the
// reciprocals of D.
//
// Rules, beside those of CKernels.h:
// - Rows and columns are taken in tiles. A tile is computed in 64 bits if its slopes spread so far
//   that exponentials and products could overflow or vanish in 32. If they could in 64 as well, it
//   is computed from the sums themselves, each subnetwork relative to its largest sum.
// - Within a tile, a sum over rows is one chain in the order of rows, in the tile's type. Tiles and
//   columns are added in 64 bits, columns in four chains, one for each lane. This is the same on
//   every path.
#ifndef DROPSCOPE_CENSEMBLEKERNELS_H
#define DROPSCOPE_CENSEMBLEKERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The rows of a tile, and its columns.
#define CK_ENSEMBLE_TILE 64
// The largest number of units of one block.
#define CK_ENSEMBLE_UNITS 20
// The number of subnetworks kept for their loss, at each end.
#define CK_RANKS 3

// All subnetworks of some masked units, and the tables that `prepare` makes of them.
typedef struct ck_ensemble {
  // Given: the numbers of outputs and units, at most CK_ENSEMBLE_UNITS.
  size_t outputs;
  size_t units;
  // Whether outputs are probabilities (softmax); otherwise they are the sums themselves.
  bool softmax;
  // The output sums with no unit kept, [outputs]; the contribution of each unit, [units][outputs];
  // the units' keep probabilities, [units]; the probability of the block.
  const double *base;
  const double *contributions;
  const double *keep;
  double weight;
  // `ck_ensemble_memory` bytes, aligned to 64.
  void *memory;

  // Made by `prepare`. There are outputs - 1 slopes for a softmax, else one for each output.
  size_t reference;
  size_t slopes;
  size_t rows;
  size_t columns;       // padded to 8; the padding has weight 0
  size_t real_columns;
  double *row_z;        // [rows][slopes]
  double *row_x;        // [rows][slopes], exp(row_z)
  double *row_g;        // [rows][slopes], row_weight * row_x
  double *row_weight;   // [rows], sums to 1
  double *row_spread;   // by tile: the largest |row_z|
  double *column_z;     // [slopes][columns]
  double *column_y;     // [slopes][columns], exp(column_z)
  double *column_yw;    // [slopes][columns], column_weight * column_y
  double *column_weight;
  double *column_spread;
  double *scratch;      // [3 * outputs + 3][8]
  float *row_xf, *row_gf, *row_weightf, *row_zf;
  float *column_yf, *column_zf;
  // [CK_ENSEMBLE_TILE][CK_ENSEMBLE_TILE] reciprocals, and [slopes][CK_ENSEMBLE_TILE] sums
  void *tile;
} ck_ensemble;

// A subnetwork and its loss.
typedef struct ck_ranked {
  double loss;
  uint64_t block;
  uint32_t row;
  uint32_t column;
} ck_ranked;

// The sums over subnetworks, each weighted by its probability.
typedef struct ck_ensemble_moments {
  // Given: the origin of the outputs, [outputs]; the target, [outputs]; for a softmax the right
  // class.
  const double *shift;
  const double *target;
  size_t target_class;
  // The output whose distribution is counted, in [4][bins] parts of lowest ... highest.
  size_t chosen;
  size_t bins;
  double lowest;
  double highest;
  double *histogram;
  // The number of the block, for the ranks.
  uint64_t block;

  // Added to: the loss, the outputs less the shift and their squares, [outputs], and the squared
  // error.
  double loss;
  double *first;
  double *second;
  double squared_error;
  // The lowest and the highest losses, in order; infinite where there are fewer subnetworks.
  ck_ranked best[CK_RANKS];
  ck_ranked worst[CK_RANKS];
} ck_ensemble_moments;

// The bytes of memory that `prepare` needs.
size_t ck_ensemble_memory(size_t outputs, size_t units);

// The number of units that make the columns: the first half of them, but enough to fill a vector.
size_t ck_ensemble_column_units(size_t units);

// The ensemble kernels of one path.
//
// Reach: exactly the memory documented at the fields above. `memory` has the size that
// `ck_ensemble_memory` returns for outputs and units, and `histogram` has 4 * bins numbers.
typedef struct ck_ensemble_kernels {
  // Makes the tables; those of 32 bits only on request.
  void (*prepare)(ck_ensemble *ensemble, bool with_floats);

  // mean[outputs] += weight * the mean probabilities. Softmax only. Reads and writes `outputs`
  // numbers.
  void (*mean_single)(const ck_ensemble *ensemble, double *mean);
  void (*mean_double)(const ck_ensemble *ensemble, double *mean);

  // Adds the block to the moments. `moments_single` is for softmax only.
  void (*moments_single)(const ck_ensemble *ensemble, ck_ensemble_moments *moments);
  void (*moments_double)(const ck_ensemble *ensemble, ck_ensemble_moments *moments);

  // output[i] = exp(input[i]), log(input[i]), for tests of the stated errors. `count` is a multiple
  // of 4.
  void (*exponential)(const double *input, double *output, size_t count);
  void (*logarithm)(const double *input, double *output, size_t count);
} ck_ensemble_kernels;

// The kernels of a path; names as for `ck_kernels_named`.
const ck_ensemble_kernels *ck_ensemble_kernels_named(const char *name);

#endif
