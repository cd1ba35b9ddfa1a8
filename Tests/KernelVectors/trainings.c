// Cases of whole trainings, as a trainer runs them: epochs in shuffled order, minibatches, masks,
// steps.
#include <stdio.h>

#include "network.h"

#define BATCHES 3

typedef struct examples {
  ck_gather gather;
  int32_t *order;
  int32_t *classes;
} examples;

// Examples with a class that can be learnt: the index of the largest of the first inputs. Two
// thirds of bytes are 0, as in pictures, so that wide layers skip them.
static examples make_examples(vectors *v, const network *n, bool of_bytes) {
  size_t inputs = n->layers[0].inputs, outputs = n->output.outputs, count = BATCHES * n->rows;
  float *offsets = floats(v, padded(inputs)), *divisors = floats(v, padded(inputs));
  float *numbers = floats(v, count * inputs);
  uint8_t *bytes = memory(v, count * inputs);
  for (size_t i = 0; i < inputs; i++) divisors[i] = of_bytes ? 255 : 1;
  fill(v, numbers, count * inputs);
  for (size_t i = 0; i < count * inputs; i++) {
    uint32_t word = random_word(v);
    bytes[i] = (uint8_t)(word % 3 == 0 ? word >> 24 : 0);
  }
  examples e = {.gather = {.numbers = of_bytes ? NULL : numbers,
                           .bytes = of_bytes ? bytes : NULL,
                           .count = count * inputs,
                           .inputs = inputs,
                           .offsets = offsets,
                           .divisors = divisors},
                .order = memory(v, count * sizeof(int32_t)),
                .classes = memory(v, count * sizeof(int32_t))};
  for (size_t example = 0; example < count; example++) {
    const float *number = numbers + example * inputs;
    const uint8_t *byte = bytes + example * inputs;
    size_t largest = 0;
    for (size_t i = 1; i < inputs && i < outputs; i++)
      if (of_bytes ? byte[i] > byte[largest] : number[i] > number[largest]) largest = i;
    e.order[example] = (int32_t)example;
    e.classes[example] = (int32_t)largest;
  }
  return e;
}

// One training step; returns the sum of its losses.
static double train_step(vectors *v, network *n, const examples *e, uint32_t step) {
  size_t first = step % BATCHES * n->rows;
  if (first == 0) v->kernels->shuffle(e->order, BATCHES * n->rows, 42, 1, step / BATCHES, 0);
  v->kernels->gather(&e->gather, e->order + first, n->rows, n->inputs, n->layers[0].source_stride);
  for (size_t row = 0; row < n->rows; row++) n->classes[row] = e->classes[e->order[first + row]];
  double loss;
  add_word(v, v->kernels->step(n->layers, n->count, &n->output, &n->blocks, step, n->rows, &loss));
  return loss;
}

// The divisors of Adam in the next step.
static void advance_corrections(network *n, float *mean_decay, float *square_decay) {
  *mean_decay *= n->layers[0].weight_update.beta1;
  *square_decay *= n->layers[0].weight_update.beta2;
  for (size_t index = 0; index < n->count; index++)
    for (int bias = 0; bias < 2; bias++) {
      ck_layer *layer = &n->layers[index];
      ck_update *update = bias ? &layer->bias_update : &layer->weight_update;
      update->mean_correction = 1 - *mean_decay;
      update->square_correction = 1 - *square_decay;
    }
}

static void training_case(vectors *v, const design *d, bool of_bytes, uint32_t steps) {
  begin_case(v, "%s/steps-%u", d->name, steps);
  network n;
  build_network(v, &n, d);
  examples e = make_examples(v, &n, of_bytes);
  float mean_decay = 1, square_decay = 1;
  for (uint32_t step = 0; step < steps; step++) {
    advance_corrections(&n, &mean_decay, &square_decay);
    add_double(v, train_step(v, &n, &e, step));
    swap_blocks(&n);
  }
  // Undoes the last swap, so that the result of the last step is next again.
  swap_blocks(&n);
  add_next(v, &n, d);
  end_case(v, "training");
}

void training_cases(vectors *v) {
  static const struct {
    size_t sizes[MOST_LAYERS + 1], rows, gap;
    uint32_t steps;
    bool of_bytes;
  } shapes[] = {
      {{2, 8, 8, 2}, 10, 0, 400, false},
      {{3, 1, 1}, 4, 0, 400, false},
      {{5, 17, 33, 4}, 7, 0, 200, false},
      {{64, 64, 32, 10}, 32, 8, 24, true},
      {{40, 96, 72, 10}, 65, 8, 12, true},
  };
  static const float rates[] = {0.1f, 0.01f, 0.01f, 0.002f, 0.004f};
  static const char *const functions[] = {"relu", "tanh", "sigmoid", "linear"};
  static const char *const optimizers[] = {"sgd", "momentum", "nesterov", "rmsprop", "adam"};
  for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++)
    for (int function = CK_RELU; function <= CK_LINEAR; function++)
      for (int optimizer = CK_SGD; optimizer <= CK_ADAM; optimizer++) {
        // The wide shapes take long, so each of their functions trains with two optimizers.
        if (s >= 3 && optimizer % 4 != function % 4) continue;
        unsigned int variety = (unsigned int)(function + optimizer);
        char name[80];
        design d = {.name = name,
                    .rows = shapes[s].rows,
                    .gap = shapes[s].gap,
                    .input_gap = shapes[s].gap};
        for (int i = 0; i <= MOST_LAYERS; i++) d.sizes[i] = shapes[s].sizes[i];
        d.function = (ck_activation)function;
        d.output_function = CK_LINEAR;
        d.loss = variety % 4 == 3 || s == 1 ? CK_SQUARED_ERROR : CK_CROSS_ENTROPY;
        d.optimizer = (ck_optimizer)optimizer;
        d.rate = rates[optimizer];
        d.keep_inputs = (keep)(variety % 3 == 0 ? KEEP_FOUR_FIFTHS : KEEP_ALL);
        d.keep_hidden = KEEP_HALF;
        d.pass = variety % 5 == 4 ? FORWARD_ONLY : variety % 5 == 3 ? BACKWARD_ONLY : BOTH;
        d.l1 = variety % 4 == 1 ? 0.001f : 0;
        d.l2 = variety % 4 == 2 ? 0.01f : 0;
        d.cap = variety % 2 == 1 ? 3 : 0;
        snprintf(name, sizeof name, "%zu-%zu-%zu-%zu/%s/%s", d.sizes[0], d.sizes[1], d.sizes[2],
                 d.sizes[3], functions[function], optimizers[optimizer]);
        training_case(v, &d, shapes[s].of_bytes, shapes[s].steps);
      }
}
