// The arithmetic of dropscope's networks.
//
// Every kernel follows these rules on every processor (ARCHITECTURE.md, "Determinism"):
// - A sum is ONE chain of fused multiply-adds in index order. Vectors run over units, never inside
//   a sum.
// - There is no contraction but the explicit one (FP_CONTRACT OFF), and no function of the system's
//   libm but the square root.
// - Every path gives the same bits.
//
// Values of examples (activations, masks, deltas) are stored in rows, one for each example. A
// "stride" is the distance between two rows in floats. Rows are padded to a multiple of CK_LANES
// floats, and the padding is 0 unless stated otherwise.
//
// Weights are stored in panels. A panel holds the weights of CK_PANEL units, [inputs][CK_PANEL].
// The last one is CK_LANES wide where the padded units are an odd number of lanes. So the product
// reads the weights in one stream, however large the layer is.
#ifndef DROPSCOPE_CKERNELS_H
#define DROPSCOPE_CKERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "CEnsembleKernels.h"

// Rows of units are padded to a multiple of this many floats.
#define CK_LANES 8
// The units of one panel of weights.
#define CK_PANEL 16

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

// The masks to draw: the words of Philox4x32-7 at the counter (unit, slot / 4, purpose * 256 +
// layer, step), where a slot's own word is number slot % 4.
typedef struct ck_mask_draw {
  uint64_t seed;
  uint32_t purpose_and_layer;
  uint32_t step;
  uint32_t first_slot;
  // The largest word at which a unit is kept: p * 2^32, rounded up, less 1.
  uint32_t threshold;
} ck_mask_draw;

// One layer's update. DropoutEngine's OptimizerSettings documents the formulas.
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

// The source of examples' inputs. One of `numbers` and `bytes` is given, [examples][inputs].
typedef struct ck_gather {
  const float *numbers;
  const uint8_t *bytes;
  size_t count;          // the number of all values
  size_t inputs;
  const float *offsets;  // padded; the padding of both is 0
  const float *divisors; // padded; 0 stands for an input that is always 0
} ck_gather;

// One layer, the place that feeds it, and the buffers that hold the evidence of a pass.
typedef struct ck_layer {
  size_t inputs;
  size_t units;
  size_t columns;        // units, padded
  size_t stride;         // of sums, activations and deltas
  size_t source_stride;  // of received, the masks and signals
  size_t weights;        // their beginning in a block of parameters, in panels
  size_t biases;         // likewise, [columns]
  ck_activation function;

  // The place that feeds the layer, which receives (activation * mask) * factor, forward and back.
  // A mask may be NULL: then that pass masks nothing.
  const float *mask;
  const float *backward_mask;
  float factor;
  float backward_factor;
  // Whether a step draws the masks itself, into `drawn_mask`, with its own step number.
  bool draws;
  ck_mask_draw draw;
  float *drawn_mask;

  const float *source;    // the inputs, or the activations of the layer below
  float *masked;          // room for `received` where it is not the source itself
  const float *received;  // [rows][inputs]
  float *sums;            // [rows][units]
  float *activations;     // [rows][units]
  float *deltas;          // [rows][units]: the gradient of the mean loss at the pre-activations
  float *signals;         // [rows][inputs]: the gradient at the received values
  float *transposed;      // room for the weights as panels of inputs, [columns][CK_PANEL]
  // Bits for received values that are not 0, and for deltas; whether the forward pass decided to
  // skip zeros.
  uint64_t *received_bits;
  uint64_t *delta_bits;
  bool skips_zeros;

  ck_update weight_update;
  ck_update bias_update;
  float cap;              // the largest 2-norm of the weights that feed a unit, or infinity
} ck_layer;

// Blocks of parameters: `parameters`, then the optimizer's states, `count` floats each; `next`
// likewise. `gradient` is room for the gradients of weights and biases; a step need not write it.
typedef struct ck_blocks {
  const float *parameters;
  float *next;
  float *gradient;
  size_t count;
} ck_blocks;

typedef enum ck_loss { CK_CROSS_ENTROPY = 0, CK_SQUARED_ERROR = 1 } ck_loss;

// The loss of a minibatch.
typedef struct ck_output {
  ck_loss loss;
  size_t outputs;
  size_t stride;           // of outputs, targets and deltas
  const int32_t *classes;  // [rows padded to CK_LANES], for cross-entropy
  const float *targets;    // [rows][outputs], for the squared error
  float *scratch;          // 2 * CK_LANES * padded outputs + 2 * padded rows floats
  double *losses;          // [rows]: the loss of each row, where there is room for it; may be NULL
} ck_output;

// The kernels of one path.
//
// Reach. A kernel reads and writes nothing before a given pointer, and needs no alignment beyond
// the type's. The comment of each kernel states how far it reaches after the pointer. There, "rows
// of n" are n floats each, so that the last row ends at (rows - 1) * stride + n, and "padded" means
// up to the next multiple of CK_LANES. Where the number of rows is padded, the added rows may hold
// anything and are never written. Padding that is read as a factor is 0 or finite. Blocks of
// parameters have the layout's `count` floats for each state. `Kernels` in DropoutEngine asserts
// all of this, and Tests/KernelVectors runs each kernel in buffers that end exactly there.
//
// A `ck_layer` has room for these. Source, masked, masks and signals: rows of padded `inputs`, or
// whole strides, rows * source_stride, where something is masked or scaled. Sums, activations and
// deltas: rows of `columns`, or whole strides, rows * stride, where the function is curved or a
// layer above receives from it. received_bits and delta_bits: for each row one 64-bit word for
// every 64 inputs or units, rounded up. transposed, in layers that signal: columns * padded inputs.
typedef struct ck_kernels {
  const char *name;

  // The scaled inputs of examples, (value - offset) / divisor, as rows. Reads `rows` examples, each
  // below count / inputs, at most `count` values, and padded offsets and divisors. Writes rows of
  // padded inputs.
  void (*gather)(const ck_gather *gather, const int32_t *examples, size_t rows, float *inputs,
                 size_t stride);

  // Shuffles `order` from its end down with the 64-bit random numbers of RandomStream from `index`
  // on. Reads and writes `count` numbers.
  void (*shuffle)(int32_t *order, size_t count, uint64_t seed, uint32_t purpose, uint32_t stream,
                  uint64_t index);

  // Masks of 0 and 1: mask[r][unit] for slots first_slot + r. Writes rows of padded units as far as
  // the stride has room for them; the padding becomes 0.
  void (*draw_mask)(ck_mask_draw draw, float *mask, size_t rows, size_t units, size_t stride);

  // The values that a layer receives from its source, where no layer below has already written
  // them; sets `received`. Where something is masked or scaled, reads source and mask and writes
  // masked: rows * source_stride.
  void (*receive)(ck_layer *layer, size_t rows);

  // sums[r][j] = chain over k of received[r][k] * weights[k][j], with weights in panels; `columns`
  // is padded. Reads rows of `depth` and depth * columns weights; writes rows of `columns`.
  void (*multiply)(const float *received, size_t source_stride, size_t rows, size_t depth,
                   const float *weights, float *sums, size_t stride, size_t columns);

  // activation[r][j] = f(sum[r][j] + bias[j]), all three padded. Reads rows of `columns` and as
  // many biases; writes rows of `columns`.
  void (*activate)(ck_activation function, const float *sums, const float *bias, float *activations,
                   size_t rows, size_t columns, size_t stride);

  // Sums and activations of a layer from the values that it received. If `above` is given and masks
  // or scales, also the values that it receives. False where a sum is not finite. Reads rows of
  // padded inputs and the layer's weights and biases; writes rows of `columns` and received_bits.
  bool (*forward)(ck_layer *layer, ck_layer *above, const float *parameters, size_t rows);

  // Turns pre-activations into outputs in place (by softmax, or unchanged) and writes the deltas of
  // the mean loss where there is room for them. Returns the sum of the rows' losses. Reads
  // activations and classes of whole CK_LANES of rows, each of padded outputs, and targets of the
  // rows themselves; uses all of the scratch. Writes rows of padded outputs, and one loss for each
  // row on request.
  double (*loss)(const ck_output *output, float *activations, float *deltas, size_t rows);

  // The gradient at the values that `layer` received, and the deltas of the layer `below`, whose
  // stride is `source_stride`. Reads the layer's deltas, rows of `columns`, its weights, and the
  // mask and activations of the layer below. Writes signals and the deltas below: rows *
  // source_stride where the function below is curved, else rows of padded inputs. Uses transposed
  // and delta_bits.
  void (*signal)(ck_layer *layer, ck_layer *below, const float *parameters, size_t rows);

  // delta = ((signal * mask) * factor) * f'(z), with f' from the activation; mask may be NULL.
  // Reads and writes `count` floats, a multiple of CK_LANES.
  void (*hidden_delta)(ck_activation function, const float *signal, const float *mask, float factor,
                       const float *activation, float *delta, size_t count);

  // The weights as panels of inputs: transposed[unit][input]. Reads inputs * padded units, and
  // writes units * padded inputs.
  void (*transpose)(const float *weights, size_t inputs, size_t units, float *transposed);

  // The gradients of a layer's weights and biases. Reads received, rows of padded inputs; deltas,
  // rows of `columns`; and received_bits. Writes the layer's part of a block.
  void (*gradient)(const ck_layer *layer, size_t rows, float *gradient);

  // The next weights and biases of a layer, made from the gradient. False where one of them, or of
  // the optimizer's state, is not finite. Reads the layer's part of the blocks and of the gradient,
  // and writes that of `next`.
  bool (*update)(const ck_layer *layer, const ck_blocks *blocks);

  // One whole step: masks, forward pass, loss, backward pass, update. False where a sum, a
  // parameter or a state is not finite; `loss` gets the sum of the rows' losses. Reaches as far as
  // the kernels above; masks are drawn into drawn_mask, rows of padded inputs.
  bool (*step)(ck_layer *layers, size_t count, const ck_output *output, const ck_blocks *blocks,
               uint32_t step, size_t rows, double *loss);

  // output[i] = exp(input[i]) as the activations compute it, for tests of the stated error. Reads
  // and writes `count` floats, any number of them.
  void (*exponential)(const float *input, float *output, size_t count);
} ck_kernels;

// The kernels of a path: "reference", "portable", "avx2", "avx512", "neon". NULL where the name is
// unknown or this processor cannot run the path.
const ck_kernels *ck_kernels_named(const char *name);

// The name of the fastest path of this processor.
const char *ck_best_path(void);

#endif
