// Cases of single layers' kernels.
#include <stdio.h>

#include "network.h"

static void multiply_case(vectors *v, size_t depth, size_t columns, size_t rows) {
  begin_case(v, "depth-%zu/columns-%zu/rows-%zu", depth, columns, rows);
  size_t source_stride = padded(depth) + CK_LANES, stride = columns + CK_LANES;
  float *received = floats(v, padded(rows) * source_stride);
  float *sums = floats(v, padded(rows) * stride);
  float *weights = floats(v, depth * columns);
  fill_rows(v, received, rows, depth, source_stride);
  fill(v, weights, depth * columns);
  v->kernels->multiply(received, source_stride, rows, depth, weights, sums, stride, columns);
  add_rows(v, sums, rows, columns, stride);
  end_case(v, "multiply");
}

static void transpose_case(vectors *v, size_t inputs, size_t units) {
  begin_case(v, "inputs-%zu/units-%zu", inputs, units);
  float *weights = floats(v, inputs * padded(units));
  float *transposed = floats(v, units * padded(inputs));
  fill_panels(v, weights, inputs, units);
  v->kernels->transpose(weights, inputs, units, transposed);
  add_floats(v, transposed, units * padded(inputs));
  end_case(v, "transpose");
}

static void hidden_delta_case(vectors *v, ck_activation function, bool masks) {
  begin_case(v, "function-%d/%s", (int)function, masks ? "masked" : "unmasked");
  enum { count = 104 };
  float *signal = floats(v, count), *mask = floats(v, count);
  float *activation = floats(v, count), *delta = floats(v, count);
  fill(v, signal, count);
  fill(v, activation, count);
  for (size_t i = 0; i < count; i++) mask[i] = (float)(random_word(v) >> 31);
  // relu'(0) = 0, whatever the sign of that 0.
  activation[0] = 0;
  activation[1] = -0.0f;
  v->kernels->hidden_delta(function, signal, masks ? mask : NULL, 1.25f, activation, delta, count);
  add_floats(v, delta, count);
  end_case(v, "hidden_delta");
}

static void loss_case(vectors *v, ck_loss loss, size_t outputs, size_t rows, float scale,
                      bool wants_deltas) {
  begin_case(v, "%s/outputs-%zu/rows-%zu/scale-%g%s",
             loss == CK_CROSS_ENTROPY ? "classes" : "squares",
             outputs, rows, (double)scale, wants_deltas ? "" : "/no-deltas");
  size_t stride = padded(outputs), room = padded(rows);
  float *activations = floats(v, room * stride), *deltas = floats(v, room * stride);
  float *targets = floats(v, room * stride);
  int32_t *classes = memory(v, room * sizeof *classes);
  // Rows beyond the last may hold anything and must not matter.
  fill(v, activations + rows * stride, (room - rows) * stride);
  for (size_t row = 0; row < rows; row++) {
    for (size_t j = 0; j < outputs; j++) activations[row * stride + j] = random_float(v) * scale;
    // Every third row has two largest values.
    if (row % 3 == 0 && outputs > 1)
      activations[row * stride + 1] = activations[row * stride + outputs - 1] = scale;
    classes[row] = (int32_t)(random_word(v) % outputs);
    fill(v, targets + row * stride, outputs);
  }
  ck_output output = {.loss = loss,
                      .outputs = outputs,
                      .stride = stride,
                      .classes = classes,
                      .targets = targets,
                      .scratch = floats(v, 2 * CK_LANES * padded(outputs) + 2 * room),
                      .losses = doubles(v, rows)};
  add_double(v, v->kernels->loss(&output, activations, wants_deltas ? deltas : NULL, rows));
  for (size_t row = 0; row < rows; row++) {
    add_floats(v, activations + row * stride, outputs);
    add_floats(v, deltas + row * stride, stride);
    add_double(v, output.losses[row]);
  }
  end_case(v, "loss");
}

// Forward and back through two layers, with a line for each kernel. The share of zeros among the
// inputs decides whether the kernels skip them.
static void pass_case(vectors *v, const design *d, uint32_t zeros) {
  begin_case(v, "%s/zeros-%u", d->name, zeros);
  const ck_kernels *kernels = v->kernels;
  network n;
  build_network(v, &n, d);
  ck_layer *low = &n.layers[0], *high = &n.layers[1];
  thin_out(v, n.inputs, padded(n.rows) * low->source_stride, zeros);
  for (size_t index = 0; index < n.count; index++)
    if (n.layers[index].draws)
      kernels->draw_mask(n.layers[index].draw, n.layers[index].drawn_mask, n.rows,
                         n.layers[index].inputs, n.layers[index].source_stride);

  kernels->receive(low, n.rows);
  add_rows(v, low->received, n.rows, padded(low->inputs), low->source_stride);
  end_part(v, "receive");

  add_word(v, kernels->forward(low, high, n.blocks.parameters, n.rows));
  add_word(v, kernels->forward(high, NULL, n.blocks.parameters, n.rows));
  add_rows(v, high->received, n.rows, padded(high->inputs), high->source_stride);
  for (size_t index = 0; index < n.count; index++) {
    add_rows(v, n.layers[index].sums, n.rows, n.layers[index].columns, n.layers[index].stride);
    add_rows(v, n.layers[index].activations, n.rows, n.layers[index].columns,
             n.layers[index].stride);
  }
  end_part(v, "forward");

  fill_rows(v, high->deltas, n.rows, high->units, high->stride);
  thin_out(v, high->deltas, n.rows * high->stride, zeros);
  kernels->signal(high, low, n.blocks.parameters, n.rows);
  add_rows(v, high->signals, n.rows, low->columns, high->source_stride);
  add_rows(v, low->deltas, n.rows, low->columns, low->stride);
  end_part(v, "signal");

  for (size_t index = 0; index < n.count; index++)
    kernels->gradient(&n.layers[index], n.rows, n.blocks.gradient);
  add_floats(v, n.blocks.gradient, n.blocks.count);
  end_case(v, "gradient");
}

static void pass_cases(vectors *v) {
  const size_t sizes[][3] = {{1, 1, 1},   {2, 8, 2},    {8, 8, 8},     {3, 9, 5},
                             {17, 33, 4}, {40, 72, 40}, {130, 104, 70}};
  const size_t rows[] = {1, 5, 9, 32, 65};
  for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++)
      for (unsigned int variety = 0; variety < 4; variety++) {
        char name[80];
        design d = {.name = name,
                    .rows = rows[r],
                    .gap = variety % 2 * CK_LANES,
                    .input_gap = variety / 2 * CK_LANES};
        d.function = (ck_activation)((s + r + variety) % 4);
        d.output_function = CK_LINEAR;
        d.keep_inputs = (keep)(variety % 3);
        d.keep_hidden = (keep)((variety + r) % 3);
        d.pass = (mask_pass)((s + variety) % 3);
        for (int i = 0; i < 3; i++) d.sizes[i] = sizes[s][i];
        snprintf(name, sizeof name, "%zu-%zu-%zu/rows-%zu/gaps-%zu-%zu/function-%d/pass-%d",
                 d.sizes[0], d.sizes[1], d.sizes[2], d.rows, d.input_gap, d.gap, (int)d.function,
                 (int)d.pass);
        const uint32_t zeros[] = {0, 200, 100, 256};
        pass_case(v, &d, zeros[variety]);
      }
}

static void update_case(vectors *v, const design *d) {
  begin_case(v, "%zu-%zu/optimizer-%d/rate-%g/l1-%g/l2-%g/cap-%g", d->sizes[0], d->sizes[1],
             (int)d->optimizer, (double)d->rate, (double)d->l1, (double)d->l2, (double)d->cap);
  network n;
  build_network(v, &n, d);
  const ck_layer *layer = &n.layers[0];
  float *gradient = n.blocks.gradient;
  fill_panels(v, gradient + layer->weights, layer->inputs, layer->units);
  fill(v, gradient + layer->biases, layer->units);
  // Valid states: sums of squares are not negative, and the padding is 0.
  for (size_t state = 1; state <= state_count(d->optimizer); state++)
    for (size_t i = 0; i < n.blocks.count; i++)
      n.block[0][state * n.blocks.count + i] = gradient[i] * gradient[i] * 0.25f;
  add_word(v, v->kernels->update(layer, &n.blocks));
  add_next(v, &n, d);
  end_case(v, "update");
}

static void update_cases(vectors *v) {
  const size_t sizes[][2] = {{1, 1}, {7, 8}, {5, 16}, {9, 21}, {100, 70}};
  for (int optimizer = CK_SGD; optimizer <= CK_ADAM; optimizer++)
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
      for (int extras = 0; extras < 8; extras++) {
        design d = {.sizes = {sizes[s][0], sizes[s][1]}, .rows = 1, .rate = 0.125f};
        d.optimizer = (ck_optimizer)optimizer;
        d.l1 = extras & 1 ? 0.0625f : 0;
        d.l2 = extras & 2 ? 0.01f : 0;
        d.cap = extras & 4 ? 0.5f : 0;
        update_case(v, &d);
        // Larger than any float: the kernel must report it.
        d.rate = 3e38f;
        if (extras == 2) update_case(v, &d);
      }
}

void layer_cases(vectors *v) {
  const size_t depths[] = {1, 2, 8, 17, 65}, columns[] = {8, 16, 24, 48};
  for (size_t i = 0; i < sizeof depths / sizeof *depths; i++)
    for (size_t j = 0; j < sizeof columns / sizeof *columns; j++)
      for (size_t rows = 1; rows <= 25; rows += rows < 13 ? 1 : 12)
        multiply_case(v, depths[i], columns[j], rows);
  const size_t counts[] = {1, 2, 8, 9, 16, 17, 24, 30};
  for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
    for (size_t j = 0; j < sizeof counts / sizeof *counts; j++)
      transpose_case(v, counts[i], counts[j]);
  for (int function = CK_RELU; function <= CK_LINEAR; function++)
    for (int masks = 0; masks < 2; masks++) hidden_delta_case(v, (ck_activation)function, masks);
  const size_t outputs[] = {1, 2, 3, 8, 10, 17}, rows[] = {1, 7, 8, 9, 16, 33};
  for (size_t i = 0; i < sizeof outputs / sizeof *outputs; i++)
    for (size_t j = 0; j < sizeof rows / sizeof *rows; j++)
      for (int loss = CK_CROSS_ENTROPY; loss <= CK_SQUARED_ERROR; loss++) {
        loss_case(v, (ck_loss)loss, outputs[i], rows[j], 2, true);
        // Probabilities vanish.
        loss_case(v, (ck_loss)loss, outputs[i], rows[j], 200, true);
        loss_case(v, (ck_loss)loss, outputs[i], rows[j], 2, false);
      }
  pass_cases(v);
  update_cases(v);
}
