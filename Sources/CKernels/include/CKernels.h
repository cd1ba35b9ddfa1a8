// The arithmetic of dropscope's networks.
//
// Rules that every kernel keeps, whatever the processor (ARCHITECTURE.md, "Determinism"):
// - a sum is ONE chain of fused multiply-adds in index order; vectors run over units, never inside a sum;
// - no contraction but the explicit one (FP_CONTRACT OFF), no function of the system's libm but square root;
// - every path gives the same bits.
//
// Matrices are row-major; a "stride" is the distance of two rows in floats. Rows are padded to a multiple
// of CK_LANES floats where a kernel says so, and the padding is 0.
#ifndef DROPSCOPE_CKERNELS_H
#define DROPSCOPE_CKERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "CEnsembleKernels.h"

// Rows of units are padded to a multiple of this many floats.
#define CK_LANES 8

typedef enum ck_activation {
  CK_RELU = 0,
  CK_TANH = 1,
  CK_SIGMOID = 2,
  CK_LINEAR = 3,
} ck_activation;

typedef enum ck_optimizer {
  CK_SGD = 0,
  CK_MOMENTUM = 1,
  CK_NESTEROV = 2,
  CK_RMSPROP = 3,
  CK_ADAM = 4,
} ck_optimizer;

// Which masks to draw: the words of Philox4x32-7 at the counter
// (unit, slot / 4, purpose * 256 + layer, step); the slot's own word is number slot % 4.
typedef struct ck_mask_draw {
  uint64_t seed;
  uint32_t purpose_and_layer;
  uint32_t step;
  uint32_t first_slot;
  // A unit is kept where its word is at most this: p * 2^32, rounded up, less 1.
  uint32_t threshold;
} ck_mask_draw;

// One layer's update. The formulas stand in DropoutCore's OptimizerSettings.
typedef struct ck_update {
  ck_optimizer optimizer;
  float rate;                // learning rate times update factor
  float l1;
  float l2;
  float momentum;            // mu
  float decay;               // d
  float beta1;
  float beta2;
  float one_minus_decay;     // 1 - d, 1 - b1, 1 - b2, each rounded once
  float one_minus_beta1;
  float one_minus_beta2;
  float epsilon;
  float mean_correction;     // 1 - b1^t
  float square_correction;   // 1 - b2^t
} ck_update;

// The kernels of one path.
typedef struct ck_kernels {
  const char *name;

  // c[r][j] = chain over k of a[r * a_row + k * a_step] * b[k * b_row + j], starting from 0.
  // `columns` is a multiple of CK_LANES.
  void (*multiply)(const float *a, size_t a_row, size_t a_step, size_t rows, size_t depth,
                   const float *b, size_t b_row, float *c, size_t c_row, size_t columns);

  // activation[r][j] = f(sum[r][j] + bias[j]), all three padded.
  void (*activate)(ck_activation function, const float *sum, const float *bias, float *activation,
                   size_t rows, size_t columns, size_t stride);

  // received = (activation * mask) * factor; mask may be NULL (then activation * factor).
  void (*apply_mask)(const float *activation, const float *mask, float factor, float *received,
                     size_t count);

  // delta = ((signal * mask) * factor) * f'(z), f' from the activation; mask may be NULL.
  void (*hidden_delta)(ck_activation function, const float *signal, const float *mask, float factor,
                       const float *activation, float *delta, size_t count);

  // Masks of 0 and 1: mask[r][unit] for slots first_slot + r.
  void (*draw_mask)(ck_mask_draw draw, float *mask, size_t rows, size_t units, size_t stride);

  // Softmax of the logits in place, and delta = (softmax - one-hot) / rows. Of each row: rest, the sum of
  // exp(z - max) without the largest term, and gap = max - z[target]; the loss is log(1 + rest) + gap.
  // `delta` may be NULL.
  void (*softmax)(float *logits, const int32_t *targets, float *delta, float *rest, float *gap,
                  size_t rows, size_t classes, size_t stride);

  // sums[j] = chain over rows of values[r][j]; `columns` is a multiple of CK_LANES.
  void (*column_sums)(const float *values, size_t rows, size_t stride, float *sums, size_t columns);

  // transposed[c][r] = matrix[r][c]; the padding of `transposed` is left alone.
  void (*transpose)(const float *matrix, size_t rows, size_t columns, size_t stride, float *transposed,
                    size_t transposed_stride);

  // The update of `count` parameters; the states are NULL where the optimizer has none.
  void (*update)(const ck_update *update, const float *gradient, const float *parameter,
                 const float *first, const float *second, float *new_parameter, float *new_first,
                 float *new_second, size_t count);

  // Caps the 2-norm of each column of weights[inputs][stride] at `cap`; `norms` is scratch.
  void (*cap_norms)(float *weights, size_t inputs, size_t units, size_t stride, float cap,
                    float *norms);

  // Whether all values are finite.
  bool (*all_finite)(const float *values, size_t count);

  // output[i] = f(input[i]), as `activate` computes it; for tests of the stated errors.
  void (*exponential)(const float *input, float *output, size_t count);
} ck_kernels;

// The kernels of a path: "portable", "avx2"; NULL where the name is unknown or this processor cannot run it.
const ck_kernels *ck_kernels_named(const char *name);

// The name of the fastest path of this processor.
const char *ck_best_path(void);

#endif
