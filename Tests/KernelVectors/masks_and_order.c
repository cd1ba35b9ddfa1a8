// Cases of the beginning of a step: random numbers, minibatches, and elementary functions.
#include <string.h>

#include "vectors.h"

static void shuffle_case(vectors *v, size_t count, uint64_t index) {
  begin_case(v, "count-%zu/index-%llx", count, (unsigned long long)index);
  int32_t *order = memory(v, count * sizeof *order);
  for (size_t i = 0; i < count; i++) order[i] = (int32_t)i;
  v->kernels->shuffle(order, count, 0x123456789ABCu, 3, 5, index);
  for (size_t i = 0; i < count; i++) add_word(v, (uint64_t)order[i]);
  end_case(v, "shuffle");
}

// `stride` is that of padded rows, or `units`, so that rows end within a vector.
static void mask_case(vectors *v, size_t units, size_t stride, size_t rows, uint32_t first_slot,
                      uint32_t threshold) {
  begin_case(v, "units-%zu/stride-%zu/rows-%zu/slot-%u/threshold-%x", units, stride, rows,
             first_slot, threshold);
  float *mask = floats(v, rows * stride);
  ck_mask_draw draw = {.seed = (uint64_t)random_word(v) << 20 | 7,
                       .purpose_and_layer = 0x203,
                       .step = random_word(v),
                       .first_slot = first_slot,
                       .threshold = threshold};
  v->kernels->draw_mask(draw, mask, rows, units, stride);
  add_rows(v, mask, rows, stride < padded(units) ? stride : padded(units), stride);
  end_case(v, "draw_mask");
}

static void gather_case(vectors *v, size_t inputs, size_t stride, bool of_bytes) {
  begin_case(v, "inputs-%zu/stride-%zu/%s", inputs, stride, of_bytes ? "bytes" : "numbers");
  enum { examples = 6, rows = 11 };
  size_t count = examples * inputs;
  float *numbers = floats(v, count), *offsets = floats(v, padded(inputs));
  float *divisors = floats(v, padded(inputs)), *gathered = floats(v, padded(rows) * stride);
  uint8_t *bytes = memory(v, count);
  fill(v, numbers, count);
  for (size_t i = 0; i < count; i++) bytes[i] = (uint8_t)random_word(v);
  fill(v, offsets, inputs);
  fill(v, divisors, inputs);
  thin_out(v, divisors, inputs, 32);
  ck_gather gather = {.numbers = of_bytes ? NULL : numbers,
                      .bytes = of_bytes ? bytes : NULL,
                      .count = count,
                      .inputs = inputs,
                      .offsets = offsets,
                      .divisors = divisors};
  // The last example is among them; nothing may be read after it.
  int32_t order[rows];
  for (int32_t row = 0; row < rows; row++) order[row] = (row * 5 + examples - 1) % examples;
  v->kernels->gather(&gather, order, rows, gathered, stride);
  add_rows(v, gathered, rows, padded(inputs), stride);
  end_case(v, "gather");
}

// Numbers of all magnitudes and signs, infinities and NaNs: every 65,521st bit pattern.
static size_t sweep(vectors *v, float **numbers) {
  const uint32_t step = 65521;
  size_t count = UINT32_MAX / step + 1;
  *numbers = floats(v, padded(count));
  for (size_t i = 0; i < count; i++) {
    uint32_t bits = (uint32_t)i * step;
    memcpy(*numbers + i, &bits, sizeof bits);
  }
  return count;
}

static void exponential_cases(vectors *v) {
  float *numbers, *results;
  begin_case(v, "all-magnitudes");
  size_t count = sweep(v, &numbers);
  results = floats(v, count);
  v->kernels->exponential(numbers, results, count);
  add_floats(v, results, count);
  end_case(v, "exponential");

  begin_case(v, "where-it-is-finite");
  count = 40013;
  numbers = floats(v, count);
  results = floats(v, count);
  // -90 to 90, beyond both ends.
  for (size_t i = 0; i < count; i++) numbers[i] = ((float)i - 20006) * (180.0f / 40013);
  v->kernels->exponential(numbers, results, count);
  add_floats(v, results, count);
  end_case(v, "exponential");
}

static void activate_case(vectors *v, ck_activation function, const char *name) {
  begin_case(v, "%s", name);
  const size_t columns = 24, stride = 32;
  float *numbers, *biases = floats(v, columns);
  size_t rows = sweep(v, &numbers) / stride;
  float *activations = floats(v, padded(rows) * stride);
  for (size_t j = 0; j < columns; j++) biases[j] = j % 2 ? random_float(v) : 0;
  v->kernels->activate(function, numbers, biases, activations, rows, columns, stride);
  add_rows(v, activations, rows, columns, stride);
  end_case(v, "activate");
}

void masks_and_order_cases(vectors *v) {
  const size_t counts[] = {0, 1, 2, 3, 8, 9, 10, 1000};
  for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
    shuffle_case(v, counts[i], 0);
    // The lower half of the counter overflows.
    shuffle_case(v, counts[i], 0x4FFFFFFFDu);
  }
  const size_t units[] = {1, 2, 7, 8, 9, 16, 41};
  const uint32_t thresholds[] = {0, 0x7FFFFFFF, 0xCCCCCCCC, 0xFFFFFFFF};
  for (size_t i = 0; i < sizeof units / sizeof *units; i++)
    for (uint32_t slot = 0; slot < 6; slot++)
      for (size_t rows = 1; rows < 12; rows += 3) {
        uint32_t threshold = thresholds[(slot + rows) % 4];
        mask_case(v, units[i], padded(units[i]), rows, slot, threshold);
        mask_case(v, units[i], padded(units[i]) + CK_LANES, rows, slot, threshold);
        if (units[i] % CK_LANES != 0) mask_case(v, units[i], units[i], rows, slot, threshold);
      }
  const size_t inputs[] = {1, 2, 7, 8, 13, 64, 100};
  for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++)
    for (int of_bytes = 0; of_bytes < 2; of_bytes++) {
      gather_case(v, inputs[i], padded(inputs[i]), of_bytes);
      gather_case(v, inputs[i], padded(inputs[i]) + CK_LANES, of_bytes);
    }
  exponential_cases(v);
  activate_case(v, CK_RELU, "relu");
  activate_case(v, CK_TANH, "tanh");
  activate_case(v, CK_SIGMOID, "sigmoid");
  activate_case(v, CK_LINEAR, "linear");
}
