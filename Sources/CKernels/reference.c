// The reference: the network in plain loops over single numbers, in the order that the rules
// prescribe.
//
// The paths on vectors are tested against it, to the bit, and it is the place to read what they
// compute. It knows nothing of tiles, skipped zeros or vectors, and is far too slow for training.
#include "CKernels.h"

#include <string.h>

#pragma STDC FP_CONTRACT OFF

static float from_bits(uint32_t bits) {
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

static uint32_t to_bits(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

static bool is_finite(float value) { return (to_bits(value) & 0x7F800000u) != 0x7F800000u; }

// Elementary functions; elementary.inc states their ranges and errors.

static void exponential_parts(float x, float *power_of_two, float *reduced) {
  const float magic = 12582912.0f;
  float shifted = __builtin_fmaf(x, 1.44269504f, magic);
  float power = shifted - magic;
  float r = __builtin_fmaf(power, -0.693145752f, x);
  r = __builtin_fmaf(power, -1.42860677e-6f, r);
  float sum = 1.0f / 5040;
  sum = __builtin_fmaf(sum, r, 1.0f / 720);
  sum = __builtin_fmaf(sum, r, 1.0f / 120);
  sum = __builtin_fmaf(sum, r, 1.0f / 24);
  sum = __builtin_fmaf(sum, r, 1.0f / 6);
  sum = __builtin_fmaf(sum, r, 0.5f);
  *reduced = __builtin_fmaf(sum * r, r, r);
  *power_of_two = from_bits((to_bits(shifted) + 127u) << 23);
}

static float exponential_of(float x) {
  if (x != x) return x;
  if (x < -87.3f) return 0.0f;
  if (x > 88.7228317f) return __builtin_inff();
  float scale, reduced;
  exponential_parts(x > 88.0f ? 88.0f : x, &scale, &reduced);
  float value = __builtin_fmaf(reduced, scale, scale);
  if (x <= 88.0f) return value;
  float excess = x - 88.0f;
  return value * __builtin_fmaf(excess, __builtin_fmaf(excess, 0.5f, 1.0f), 1.0f);
}

static float tanh_of(float x) {
  if (x != x) return x;
  float magnitude = __builtin_fabsf(x);
  float clamped = magnitude > 9.1f ? 9.1f : magnitude;
  float scale, reduced;
  exponential_parts(clamped + clamped, &scale, &reduced);
  float less_one = __builtin_fmaf(reduced, scale, scale - 1.0f);
  return __builtin_copysignf(less_one / (less_one + 2.0f), x);
}

static float sigmoid_of(float x) {
  if (x != x) return x;
  float e = exponential_of(-__builtin_fabsf(x));
  return (x < 0 ? e : 1.0f) / (1.0f + e);
}

static float activation_of(ck_activation function, float z) {
  switch (function) {
    case CK_RELU: return z < 0 ? 0.0f : z;
    case CK_TANH: return tanh_of(z);
    case CK_SIGMOID: return sigmoid_of(z);
    case CK_LINEAR: return z;
  }
  __builtin_unreachable();
}

static float derivative_of(ck_activation function, float a) {
  switch (function) {
    case CK_RELU: return a > 0 ? 1.0f : 0.0f;
    case CK_TANH: return __builtin_fmaf(-a, a, 1.0f);
    case CK_SIGMOID: return a * (1.0f - a);
    case CK_LINEAR: return 1.0f;
  }
  __builtin_unreachable();
}

// The natural logarithm of a number of at least 1, as in DropoutEngine's ElementaryFunctions.
static double logarithm_of(double x) {
  if (x != x) return x;
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  double exponent = (double)((int64_t)(bits >> 52) - 1023);
  bits = (bits & 0x000FFFFFFFFFFFFF) | 0x3FF0000000000000;
  double fraction;
  memcpy(&fraction, &bits, sizeof fraction);
  if (fraction > 1.4142135623730951) {
    fraction *= 0.5;
    exponent += 1;
  }
  double difference = fraction - 1;
  double s = difference / (2 + difference);
  double square = s * s;
  double sum = square * (1.0 / 23) + 1.0 / 21;
  for (int odd = 19; odd >= 3; odd -= 2) sum = sum * square + 1.0 / odd;
  double half_square = 0.5 * difference * difference;
  double tail = s * (half_square + 2 * square * sum);
  return exponent * 6.931471803691238e-01 -
         ((half_square - (tail + exponent * 1.9082149292705877e-10)) - difference);
}

// Random numbers: Philox4x32-7.

typedef struct block {
  uint32_t word[4];
} block;

static block philox(block counter, uint64_t seed) {
  uint32_t *c = counter.word;
  uint32_t low = (uint32_t)seed, high = (uint32_t)(seed >> 32);
  for (int round = 0; round < 7; round++) {
    uint64_t first = (uint64_t)c[0] * 0xD2511F53u, second = (uint64_t)c[2] * 0xCD9E8D57u;
    c[0] = (uint32_t)(second >> 32) ^ c[1] ^ low;
    c[1] = (uint32_t)second;
    c[2] = (uint32_t)(first >> 32) ^ c[3] ^ high;
    c[3] = (uint32_t)first;
    low += 0x9E3779B9u;
    high += 0xBB67AE85u;
  }
  return counter;
}

static void draw_mask(ck_mask_draw draw, float *mask, size_t rows, size_t units, size_t stride) {
  for (size_t row = 0; row < rows; row++) {
    uint32_t slot = draw.first_slot + (uint32_t)row;
    for (size_t unit = 0; unit < units; unit++) {
      block counter = {{(uint32_t)unit, slot / 4, draw.purpose_and_layer, draw.step}};
      block words = philox(counter, draw.seed);
      mask[row * stride + unit] = words.word[slot % 4] <= draw.threshold ? 1.0f : 0.0f;
    }
  }
}

static void draw_masks(ck_layer *layers, size_t count, uint32_t step, size_t rows) {
  for (ck_layer *layer = layers; layer < layers + count; layer++) {
    if (!layer->draws) continue;
    layer->draw.step = step;
    draw_mask(layer->draw, layer->drawn_mask, rows, layer->inputs, layer->source_stride);
  }
}

// > Source: Durstenfeld 1964, Algorithm 235: Random permutation.
static void shuffle(int32_t *order, size_t count, uint64_t seed, uint32_t purpose, uint32_t stream,
                    uint64_t index) {
  for (size_t at = count; at-- > 1; index++) {
    block words =
        philox((block){{(uint32_t)index, (uint32_t)(index >> 32), purpose << 8, stream}}, seed);
    uint64_t random = (uint64_t)words.word[1] << 32 | words.word[0];
    size_t other = (size_t)((unsigned __int128)random * (at + 1) >> 64);
    int32_t value = order[at];
    order[at] = order[other];
    order[other] = value;
  }
}

static void gather(const ck_gather *gather, const int32_t *examples, size_t rows, float *inputs,
                   size_t stride) {
  for (size_t row = 0; row < rows; row++)
    for (size_t i = 0; i < gather->inputs; i++) {
      size_t place = (size_t)examples[row] * gather->inputs + i;
      float value = gather->bytes ? (float)gather->bytes[place] : gather->numbers[place];
      float divisor = gather->divisors[i];
      inputs[row * stride + i] = divisor == 0 ? 0.0f : (value - gather->offsets[i]) / divisor;
    }
}

// Weights in panels.

static size_t columns_of(size_t units) { return (units + CK_LANES - 1) / CK_LANES * CK_LANES; }

// The place of a weight, given by `input` and `unit`, in a layer's panels.
static size_t place_of(size_t inputs, size_t units, size_t input, size_t unit) {
  size_t panel = unit / CK_PANEL * CK_PANEL;
  size_t width = columns_of(units) - panel < CK_PANEL ? CK_LANES : CK_PANEL;
  return panel * inputs + input * width + (unit - panel);
}

// THE sum of the network: one chain of fused multiply-adds in index order. Adding 0 turns -0 into
// 0, so factors of 0 may be left out.
static float chain_of(const float *a, size_t a_step, const float *b, size_t b_step, size_t count) {
  float sum = 0;
  for (size_t k = 0; k < count; k++) sum = __builtin_fmaf(a[k * a_step], b[k * b_step], sum);
  return sum + 0.0f;
}

static float weighted_sum(const float *received, size_t depth, const float *weights, size_t units,
                          size_t unit) {
  size_t first = place_of(depth, units, 0, unit), second = place_of(depth, units, 1, unit);
  return chain_of(received, 1, weights + first, second - first, depth);
}

static void multiply(const float *received, size_t source_stride, size_t rows, size_t depth,
                     const float *weights, float *sums, size_t stride, size_t columns) {
  for (size_t row = 0; row < rows; row++)
    for (size_t unit = 0; unit < columns; unit++)
      sums[row * stride + unit] =
          weighted_sum(received + row * source_stride, depth, weights, columns, unit);
}

static void activate(ck_activation function, const float *sums, const float *biases,
                     float *activations, size_t rows, size_t columns, size_t stride) {
  for (size_t row = 0; row < rows; row++)
    for (size_t unit = 0; unit < columns; unit++)
      activations[row * stride + unit] =
          activation_of(function, sums[row * stride + unit] + biases[unit]);
}

static void receive(ck_layer *layer, size_t rows) {
  bool changes = layer->mask || layer->factor != 1.0f;
  layer->received = changes ? layer->masked : layer->source;
  if (!changes) return;
  for (size_t i = 0; i < rows * layer->source_stride; i++)
    layer->masked[i] =
        (layer->mask ? layer->source[i] * layer->mask[i] : layer->source[i]) * layer->factor;
}

static bool forward(ck_layer *layer, ck_layer *above, const float *parameters, size_t rows) {
  multiply(layer->received, layer->source_stride, rows, layer->inputs, parameters + layer->weights,
           layer->sums, layer->stride, layer->columns);
  activate(layer->function, layer->sums, parameters + layer->biases, layer->activations, rows,
           layer->columns, layer->stride);
  layer->skips_zeros = false;
  if (above) receive(above, rows);
  for (size_t row = 0; row < rows; row++)
    for (size_t unit = 0; unit < layer->units; unit++)
      if (!is_finite(layer->sums[row * layer->stride + unit])) return false;
  return true;
}

static double cross_entropy(const ck_output *output, float *activations, float *deltas,
                            size_t rows) {
  size_t classes = output->outputs;
  double total = 0;
  for (size_t row = 0; row < rows; row++) {
    float *z = activations + row * output->stride;
    size_t largest = 0, target = (size_t)output->classes[row];
    for (size_t k = 1; k < classes; k++)
      if (z[k] > z[largest] || z[k] != z[k]) largest = k;
    float top = z[largest], gap = top - z[target], rest = 0;
    for (size_t k = 0; k < classes; k++) {
      z[k] = exponential_of(z[k] - top);
      if (k != largest) rest += z[k];
    }
    float sum = 1.0f + rest;
    for (size_t k = 0; k < classes; k++) z[k] = z[k] / sum;
    double own = logarithm_of(1 + (double)rest) + (double)gap;
    total += own;
    if (output->losses) output->losses[row] = own;
    if (!deltas) continue;
    float *delta = deltas + row * output->stride;
    for (size_t k = 0; k < classes; k++) delta[k] = z[k] / (float)rows;
    // p - 1 without cancellation where the target is the largest.
    delta[target] = (target == largest ? -(rest / sum) : z[target] - 1.0f) / (float)rows;
  }
  return total;
}

static double squared_error(const ck_output *output, const float *activations, float *deltas,
                            size_t rows) {
  double total = 0;
  for (size_t row = 0; row < rows; row++) {
    double own = 0;
    for (size_t j = 0; j < output->outputs; j++) {
      size_t place = row * output->stride + j;
      double exact = (double)activations[place] - (double)output->targets[place];
      total += 0.5 * exact * exact;
      own += 0.5 * exact * exact;
      if (deltas) deltas[place] = (activations[place] - output->targets[place]) / (float)rows;
    }
    if (output->losses) output->losses[row] = own;
  }
  return total;
}

static double loss(const ck_output *output, float *activations, float *deltas, size_t rows) {
  return output->loss == CK_CROSS_ENTROPY ? cross_entropy(output, activations, deltas, rows)
                                          : squared_error(output, activations, deltas, rows);
}

static void transpose(const float *weights, size_t inputs, size_t units, float *transposed) {
  for (size_t unit = 0; unit < units; unit++)
    for (size_t input = 0; input < inputs; input++)
      transposed[place_of(units, inputs, unit, input)] =
          weights[place_of(inputs, units, input, unit)];
}

static void hidden_delta(ck_activation function, const float *signal, const float *mask,
                         float factor, const float *activation, float *delta, size_t count) {
  for (size_t i = 0; i < count; i++)
    delta[i] = (mask ? signal[i] * mask[i] : signal[i]) * factor *
               derivative_of(function, activation[i]);
}

static void signal_back(ck_layer *layer, ck_layer *below, const float *parameters, size_t rows) {
  transpose(parameters + layer->weights, layer->inputs, layer->units, layer->transposed);
  multiply(layer->deltas, layer->stride, rows, layer->units, layer->transposed, layer->signals,
           layer->source_stride, below->columns);
  hidden_delta(below->function, layer->signals, layer->backward_mask, layer->backward_factor,
               below->activations, below->deltas, rows * layer->source_stride);
}

static void gradient(const ck_layer *layer, size_t rows, float *gradient) {
  for (size_t unit = 0; unit < layer->columns; unit++) {
    for (size_t input = 0; input < layer->inputs; input++)
      gradient[layer->weights + place_of(layer->inputs, layer->units, input, unit)] =
          chain_of(layer->received + input, layer->source_stride, layer->deltas + unit,
                   layer->stride, rows);
    float sum = 0;
    for (size_t row = 0; row < rows; row++) sum += layer->deltas[row * layer->stride + unit];
    gradient[layer->biases + unit] = sum;
  }
}

// DropoutEngine's OptimizerSettings documents the formulas. False where a value is not finite.
static bool update_one(const ck_update *u, const ck_blocks *blocks, size_t at) {
  const float *from = blocks->parameters + at;
  float *to = blocks->next + at;
  size_t block = blocks->count;
  float g = blocks->gradient[at], w = from[0], m, s;
  if (u->l2 != 0) g = __builtin_fmaf(u->l2, w, g);
  if (u->l1 != 0) g = __builtin_fmaf(u->l1, w > 0 ? 1.0f : (w < 0 ? -1.0f : 0.0f), g);
  switch (u->optimizer) {
    case CK_SGD: to[0] = __builtin_fmaf(-u->rate, g, w); return is_finite(to[0]);
    case CK_MOMENTUM:
      m = __builtin_fmaf(u->momentum, from[block], g);
      to[0] = __builtin_fmaf(-u->rate, m, w);
      break;
    case CK_NESTEROV:
      m = __builtin_fmaf(u->momentum, from[block], g);
      to[0] = __builtin_fmaf(-u->rate, __builtin_fmaf(u->momentum, m, g), w);
      break;
    case CK_RMSPROP:
      m = __builtin_fmaf(u->decay, from[block], u->one_minus_decay * (g * g));
      to[0] = __builtin_fmaf(-u->rate, g / (__builtin_sqrtf(m) + u->epsilon), w);
      break;
    case CK_ADAM: {
      m = __builtin_fmaf(u->beta1, from[block], u->one_minus_beta1 * g);
      s = __builtin_fmaf(u->beta2, from[2 * block], u->one_minus_beta2 * (g * g));
      to[2 * block] = s;
      float root = __builtin_sqrtf(s / u->square_correction);
      to[0] = __builtin_fmaf(-u->rate, (m / u->mean_correction) / (root + u->epsilon), w);
      if (!is_finite(s)) return false;
      break;
    }
  }
  to[block] = m;
  return is_finite(to[0]) && is_finite(m);
}

static bool update(const ck_layer *layer, const ck_blocks *blocks) {
  bool finite = true;
  for (size_t unit = 0; unit < layer->units; unit++) {
    float square = 0;
    for (size_t input = 0; input < layer->inputs; input++) {
      size_t at = layer->weights + place_of(layer->inputs, layer->units, input, unit);
      finite &= update_one(&layer->weight_update, blocks, at);
      square = __builtin_fmaf(blocks->next[at], blocks->next[at], square);
    }
    finite &= update_one(&layer->bias_update, blocks, layer->biases + unit);
    float norm = __builtin_sqrtf(square);
    if (!(norm > layer->cap)) continue;
    for (size_t input = 0; input < layer->inputs; input++)
      blocks->next[layer->weights + place_of(layer->inputs, layer->units, input, unit)] *=
          layer->cap / norm;
  }
  return finite;
}

static bool learn(const ck_layer *layer, const ck_blocks *blocks, size_t rows) {
  gradient(layer, rows, blocks->gradient);
  return update(layer, blocks);
}

static void exponential(const float *input, float *output, size_t count) {
  for (size_t i = 0; i < count; i++) output[i] = exponential_of(input[i]);
}

#define CK_PATH_NAME "reference"
#define CK_PATH_TABLE ck_reference_kernels
#include "kernels/step.inc"
#include "kernels/table.inc"
