// The arithmetic of dropscope's networks.
//
// Rules that every kernel keeps, whatever the processor (ARCHITECTURE.md, "Determinism"):
// - a sum is ONE chain of fused multiply-adds in index order; vectors run over units, never inside a sum;
// - no contraction but the explicit one (FP_CONTRACT OFF), no function of the system's libm but square root;
// - every path gives the same bits.
//
// What belongs to examples (activations, masks, deltas) lies in rows, one an example; a "stride" is the distance of
// two rows in floats. Rows are padded to a multiple of CK_LANES floats, and the padding is 0 where nothing else is said.
//
// Weights lie in panels: those of CK_PANEL units together, [inputs][CK_PANEL], one panel after the other; the last one
// is CK_LANES wide where the padded units are an odd number of lanes. So the product reads them in one stream, however
// large the layer is.
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

// One layer's update. The formulas stand in DropoutEngine's OptimizerSettings.
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

// Where the inputs of examples come from. One of `numbers` and `bytes` is given, [examples][inputs].
typedef struct ck_gather {
  const float *numbers;
  const uint8_t *bytes;
  size_t count;          // values in all
  size_t inputs;
  const float *offsets;  // padded; the padding of both is 0
  const float *divisors; // padded; 0 stands for an input that is always 0
} ck_gather;

// One layer, the place that feeds it, and the buffers that a pass leaves its evidence in.
typedef struct ck_layer {
  size_t inputs;
  size_t units;
  size_t columns;        // units, padded
  size_t stride;         // of sums, activations and deltas
  size_t source_stride;  // of received, the masks and signals
  size_t weights;        // where they begin in a block of parameters, in panels
  size_t biases;         // likewise, [columns]
  ck_activation function;

  // The place that feeds it: what it receives is (activation * mask) * factor, forward and back.
  // A mask may be NULL: nothing is masked in that pass.
  const float *mask;
  const float *backward_mask;
  float factor;
  float backward_factor;
  // Whether a step draws the masks itself, into `drawn_mask`; the draw's step is the step's.
  bool draws;
  ck_mask_draw draw;
  float *drawn_mask;

  const float *source;    // the inputs, or the activations of the layer below
  float *masked;          // room for `received` where it is not the source itself
  const float *received;  // [rows][inputs]
  float *sums;            // [rows][units]
  float *activations;     // [rows][units]
  float *deltas;          // [rows][units]: the gradient of the mean loss at the pre-activations
  float *signals;         // [rows][inputs]: the gradient at what was received
  float *transposed;      // room for the weights as panels of inputs, [columns][CK_PANEL]
  // Bits for what was received and is not 0, and for deltas; whether the forward pass found it worth skipping zeros.
  uint64_t *received_bits;
  uint64_t *delta_bits;
  bool skips_zeros;

  ck_update weight_update;
  ck_update bias_update;
  float cap;              // of the 2-norm of the weights that feed a unit; infinity where there is none
} ck_layer;

// Blocks of parameters: `parameters`, then the optimizer's states, `count` floats each; `next` likewise. `gradient` is
// room for that of the weights and biases: a step need not leave it there.
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
// Reach. Nothing is read or written before a pointer that is given, and nothing need be aligned beyond its type. What a
// kernel reaches behind it stands with the kernel, where "rows of n" are n floats each, so that the last of them ends at
// (rows - 1) * stride + n, and "padded" is up to the next multiple of CK_LANES. Where the rows themselves are padded, what
// lies in the rows added does not matter, and they are never written. Padding that is read as a factor is 0 or finite.
// Blocks of parameters have the layout's `count` floats for each state. `Kernels` in DropoutEngine holds all of this by
// assertions, and Tests/KernelVectors runs each kernel in buffers that end there.
//
// A `ck_layer` has room for: source, masked, masks and signals, rows of padded `inputs`, but where something is masked or
// scaled whole strides, rows * source_stride; sums, activations and deltas, rows of `columns`, and whole strides,
// rows * stride, where its function is curved or a layer above receives from it; received_bits and delta_bits, rows times
// a 64-bit word for each 64 inputs or units that were begun; transposed, columns * padded inputs, of the layers that
// signal.
typedef struct ck_kernels {
  const char *name;

  // The scaled inputs of examples, (value - offset) / divisor, as rows.
  // Reads `rows` examples, each below count / inputs, and nothing beyond `count` values; offsets and divisors, padded.
  // Writes rows of padded inputs.
  void (*gather)(const ck_gather *gather, const int32_t *examples, size_t rows, float *inputs, size_t stride);

  // Shuffles `order` from its end down with the random 64-bit numbers of RandomStream, the first of which is `index`.
  // Reads and writes `count` numbers.
  void (*shuffle)(int32_t *order, size_t count, uint64_t seed, uint32_t purpose, uint32_t stream, uint64_t index);

  // Masks of 0 and 1: mask[r][unit] for slots first_slot + r.
  // Writes rows of padded units where the stride has room for them, else of what lies within it; the padding becomes 0.
  void (*draw_mask)(ck_mask_draw draw, float *mask, size_t rows, size_t units, size_t stride);

  // What a layer receives from its source where no forward pass below has left it; sets `received`.
  // Where something is masked or scaled, reads source and mask and writes masked: rows * source_stride.
  void (*receive)(ck_layer *layer, size_t rows);

  // sums[r][j] = chain over k of received[r][k] * weights[k][j], weights in panels; `columns` is padded.
  // Reads rows of `depth` and depth * columns weights; writes rows of `columns`.
  void (*multiply)(const float *received, size_t source_stride, size_t rows, size_t depth, const float *weights,
                   float *sums, size_t stride, size_t columns);

  // activation[r][j] = f(sum[r][j] + bias[j]), all three padded.
  // Reads rows of `columns` and as many biases; writes rows of `columns`.
  void (*activate)(ck_activation function, const float *sums, const float *bias, float *activations, size_t rows,
                   size_t columns, size_t stride);

  // Sums and activations of a layer out of what it received, and what `above`, if it is given and masks or scales,
  // receives. False where a sum is not finite.
  // Reads rows of padded inputs, the layer's weights and biases; writes rows of `columns`, and received_bits.
  bool (*forward)(ck_layer *layer, ck_layer *above, const float *parameters, size_t rows);

  // Pre-activations become outputs, in place (softmax, or as they are); the deltas of the mean loss are written where
  // there is room for them. The sum of the rows' losses.
  // Reads activations and classes of whole CK_LANES of rows, each of padded outputs, and targets of the rows themselves;
  // uses all of the scratch. Writes rows of padded outputs, and one loss a row where that is asked for.
  double (*loss)(const ck_output *output, float *activations, float *deltas, size_t rows);

  // The gradient at what `layer` received, and the deltas of the layer `below` it, whose stride is `source_stride`.
  // Reads the layer's deltas, rows of `columns`, its weights, and mask and activations of the layer below; writes signals
  // and the deltas below, rows * source_stride where the function below is curved, else rows of padded inputs; uses
  // transposed and delta_bits.
  void (*signal)(ck_layer *layer, ck_layer *below, const float *parameters, size_t rows);

  // delta = ((signal * mask) * factor) * f'(z), f' from the activation; mask may be NULL.
  // Reads and writes `count` floats, a multiple of CK_LANES.
  void (*hidden_delta)(ck_activation function, const float *signal, const float *mask, float factor,
                       const float *activation, float *delta, size_t count);

  // The weights as panels of inputs: transposed[unit][input].
  // Reads inputs * padded units, writes units * padded inputs.
  void (*transpose)(const float *weights, size_t inputs, size_t units, float *transposed);

  // The gradients of a layer's weights and biases.
  // Reads received, rows of padded inputs, deltas, rows of `columns`, and received_bits; writes the layer's part of a block.
  void (*gradient)(const ck_layer *layer, size_t rows, float *gradient);

  // The next weights and biases of a layer out of the gradient. False where one of them, or of the optimizer's state,
  // is not finite.
  // Reads the layer's part of the blocks and of the gradient, and writes that of `next`.
  bool (*update)(const ck_layer *layer, const ck_blocks *blocks);

  // One whole step: masks, forward pass, loss, backward pass, update. False where a sum, a parameter or a state is not
  // finite; `loss` gets the sum of the rows' losses.
  // Reaches what the kernels above reach; masks are drawn into drawn_mask, rows of padded inputs.
  bool (*step)(ck_layer *layers, size_t count, const ck_output *output, const ck_blocks *blocks, uint32_t step,
               size_t rows, double *loss);

  // output[i] = exp(input[i]), as the activations compute it; for tests of the stated error.
  // Reads and writes `count` floats, whatever it is a multiple of.
  void (*exponential)(const float *input, float *output, size_t count);
} ck_kernels;

// The kernels of a path: "reference", "portable", "avx2", "avx512", "neon"; NULL where the name is unknown or this
// processor cannot run it.
const ck_kernels *ck_kernels_named(const char *name);

// The name of the fastest path of this processor.
const char *ck_best_path(void);

#endif
