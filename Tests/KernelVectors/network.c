#include "network.h"

size_t state_count(ck_optimizer optimizer) {
  return optimizer == CK_SGD ? 0 : optimizer == CK_ADAM ? 2 : 1;
}

static ck_update update_of(const design *d) {
  const float decay = 0.9f, beta2 = 0.99f;
  return (ck_update){.optimizer = d->optimizer,
                     .rate = d->rate,
                     .l1 = d->l1,
                     .l2 = d->l2,
                     .momentum = 0.9f,
                     .decay = decay,
                     .beta1 = decay,
                     .beta2 = beta2,
                     .one_minus_decay = 1 - decay,
                     .one_minus_beta1 = 1 - decay,
                     .one_minus_beta2 = 1 - beta2,
                     .epsilon = 1.0f / 16777216,
                     .mean_correction = 1 - decay,
                     .square_correction = 1 - beta2};
}

static void set_mask(vectors *v, ck_layer *layer, const design *d, size_t index, size_t rows) {
  const uint32_t thresholds[] = {0xFFFFFFFF, 0xCCCCCCCC, 0x7FFFFFFF};
  const float factors[] = {1, 1.25f, 2};
  keep keep = index == 0 ? d->keep_inputs : d->keep_hidden;
  layer->factor = layer->backward_factor = 1;
  if (keep == KEEP_ALL) return;
  layer->draws = true;
  layer->draw = (ck_mask_draw){.seed = (uint64_t)random_word(v) << 21 | 5,
                               .purpose_and_layer = 0x100 + (uint32_t)index,
                               .threshold = thresholds[keep]};
  layer->drawn_mask = floats(v, rows * layer->source_stride);
  if (d->pass != BACKWARD_ONLY) {
    layer->mask = layer->drawn_mask;
    layer->factor = factors[keep];
  }
  if (d->pass != FORWARD_ONLY) {
    layer->backward_mask = layer->drawn_mask;
    layer->backward_factor = factors[keep];
  }
}

static size_t set_layer(vectors *v, network *n, const design *d, size_t index, size_t offset) {
  ck_layer *layer = &n->layers[index];
  size_t rows = padded(n->rows);
  size_t words = n->rows * ((d->sizes[index] + 63) / 64);
  layer->inputs = d->sizes[index];
  layer->units = d->sizes[index + 1];
  layer->columns = padded(layer->units);
  layer->stride = layer->columns + d->gap;
  layer->source_stride = padded(layer->inputs) + (index == 0 ? d->input_gap : d->gap);
  layer->weights = offset;
  layer->biases = offset + layer->columns * layer->inputs;
  layer->function = index + 1 == n->count ? d->output_function : d->function;
  layer->source = index == 0 ? n->inputs : n->layers[index - 1].activations;
  layer->masked = floats(v, rows * layer->source_stride);
  layer->sums = floats(v, rows * layer->stride);
  layer->activations = floats(v, rows * layer->stride);
  layer->deltas = floats(v, rows * layer->stride);
  layer->signals = floats(v, rows * layer->source_stride);
  layer->transposed = floats(v, layer->columns * padded(layer->inputs));
  layer->received_bits = memory(v, words * sizeof(uint64_t));
  layer->delta_bits = memory(v, n->rows * ((layer->units + 63) / 64) * sizeof(uint64_t));
  layer->weight_update = update_of(d);
  layer->bias_update = layer->weight_update;
  layer->bias_update.l1 = layer->bias_update.l2 = 0;
  layer->cap = d->cap > 0 ? d->cap : __builtin_inff();
  set_mask(v, layer, d, index, rows);
  return layer->biases + layer->columns;
}

static void set_output(vectors *v, network *n, const design *d) {
  const ck_layer *last = &n->layers[n->count - 1];
  size_t rows = padded(n->rows);
  n->classes = memory(v, rows * sizeof *n->classes);
  n->targets = floats(v, rows * last->stride);
  for (size_t row = 0; row < n->rows; row++)
    n->classes[row] = (int32_t)(random_word(v) % last->units);
  fill_rows(v, n->targets, n->rows, last->units, last->stride);
  n->output = (ck_output){.loss = d->loss,
                          .outputs = last->units,
                          .stride = last->stride,
                          .classes = n->classes,
                          .targets = n->targets,
                          .scratch = floats(v, 2 * CK_LANES * last->columns + 2 * rows)};
}

void build_network(vectors *v, network *n, const design *d) {
  *n = (network){.rows = d->rows};
  while (n->count < MOST_LAYERS && d->sizes[n->count + 1] > 0) n->count++;
  size_t stride = padded(d->sizes[0]) + d->input_gap;
  n->inputs = floats(v, padded(n->rows) * stride);
  fill_rows(v, n->inputs, n->rows, d->sizes[0], stride);

  size_t count = 0;
  for (size_t index = 0; index < n->count; index++) count = set_layer(v, n, d, index, count);
  for (int i = 0; i < 2; i++) n->block[i] = floats(v, count * (1 + state_count(d->optimizer)));
  n->blocks = (ck_blocks){.parameters = n->block[0],
                          .next = n->block[1],
                          .gradient = floats(v, count),
                          .count = count};
  for (size_t index = 0; index < n->count; index++) {
    const ck_layer *layer = &n->layers[index];
    fill_panels(v, n->block[0] + layer->weights, layer->inputs, layer->units);
    // Weights that keep the sums near 1: a power of two, so that they have few bits.
    float scale = 1;
    while (scale * scale * (float)layer->inputs > 2) scale /= 2;
    for (size_t i = layer->weights; i < layer->biases; i++) n->block[0][i] *= scale;
    fill(v, n->block[0] + layer->biases, layer->units);
  }
  set_output(v, n, d);
}

void swap_blocks(network *n) {
  float *now = n->block[0];
  n->block[0] = n->block[1];
  n->block[1] = now;
  n->blocks.parameters = n->block[0];
  n->blocks.next = n->block[1];
}

void add_next(vectors *v, const network *n, const design *d) {
  add_floats(v, n->blocks.next, n->blocks.count * (1 + state_count(d->optimizer)));
}
