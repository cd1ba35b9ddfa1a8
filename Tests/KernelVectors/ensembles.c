// Cases of the ensembles' kernels.
#include "vectors.h"

static void function_cases(vectors *v) {
  enum { count = 4096 };
  begin_case(v, "sweep");
  double *numbers = doubles(v, count), *results = doubles(v, count);
  // -716 to 716, beyond both ends.
  for (int i = 0; i < count; i++) numbers[i] = (i - count / 2) * 0.35 + random_float(v);
  v->ensembles->exponential(numbers, results, count);
  for (int i = 0; i < count; i++) add_double(v, results[i]);
  end_part(v, "ensemble_exponential");
  for (int i = 0; i < count; i++) numbers[i] = (i + 1) * (i % 2 ? 1e-3 : 1e9);
  v->ensembles->logarithm(numbers, results, count);
  for (int i = 0; i < count; i++) add_double(v, results[i]);
  end_case(v, "ensemble_logarithm");
}

static void add_moments(vectors *v, const ck_ensemble_moments *m, size_t outputs) {
  add_double(v, m->loss);
  add_double(v, m->squared_error);
  for (size_t c = 0; c < outputs; c++) {
    add_double(v, m->first[c]);
    add_double(v, m->second[c]);
  }
  for (size_t bin = 0; bin < 4 * m->bins; bin++) add_double(v, m->histogram[bin]);
  for (int i = 0; i < CK_RANKS; i++) {
    const ck_ranked *ranked[] = {&m->best[i], &m->worst[i]};
    for (int end = 0; end < 2; end++) {
      add_double(v, ranked[end]->loss);
      add_word(v, (uint64_t)ranked[end]->row << 32 | ranked[end]->column);
    }
  }
}

static void measure_moments(vectors *v, const ck_ensemble *e, bool in_single) {
  double *shift = doubles(v, e->outputs), *target = doubles(v, e->outputs);
  shift[0] = 0.5;
  target[e->outputs - 1] = 1;
  ck_ensemble_moments m = {.shift = shift,
                           .target = target,
                           .target_class = e->outputs - 1,
                           .bins = 20,
                           .lowest = e->softmax ? 0 : -8,
                           .highest = e->softmax ? 1 : 8,
                           .histogram = doubles(v, 4 * 20),
                           .first = doubles(v, e->outputs),
                           .second = doubles(v, e->outputs)};
  for (int i = 0; i < CK_RANKS; i++) {
    m.best[i].loss = __builtin_inf();
    m.worst[i].loss = -__builtin_inf();
  }
  (in_single ? v->ensembles->moments_single : v->ensembles->moments_double)(e, &m);
  add_moments(v, &m, e->outputs);
}

static void mean_part(vectors *v, const ck_ensemble *e, bool in_single) {
  double *mean = doubles(v, e->outputs);
  (in_single ? v->ensembles->mean_single : v->ensembles->mean_double)(e, mean);
  for (size_t c = 0; c < e->outputs; c++) add_double(v, mean[c]);
  end_part(v, in_single ? "ensemble_mean_single" : "ensemble_mean_double");
}

// `scale` decides the type in which the tiles are computed.
static void ensemble_case(vectors *v, size_t outputs, size_t units, bool softmax, double scale) {
  begin_case(v, "%s/outputs-%zu/units-%zu/scale-%g", softmax ? "softmax" : "linear", outputs, units,
             scale);
  double *base = doubles(v, outputs), *keep = doubles(v, units);
  double *contributions = doubles(v, units * outputs);
  for (size_t c = 0; c < outputs; c++) base[c] = random_float(v) * scale;
  for (size_t i = 0; i < units * outputs; i++) contributions[i] = random_float(v) * scale;
  for (size_t u = 0; u < units; u++) keep[u] = u % 3 == 0 ? 0.5 : 0.8;
  ck_ensemble e = {.outputs = outputs,
                   .units = units,
                   .softmax = softmax,
                   .base = base,
                   .contributions = contributions,
                   .keep = keep,
                   .weight = 0.75,
                   .memory = memory(v, ck_ensemble_memory(outputs, units))};
  v->ensembles->prepare(&e, true);
  if (softmax) {
    mean_part(v, &e, false);
    mean_part(v, &e, true);
    measure_moments(v, &e, true);
    end_part(v, "ensemble_moments_single");
  }
  measure_moments(v, &e, false);
  end_case(v, "ensemble_moments_double");
}

void ensemble_cases(vectors *v) {
  function_cases(v);
  const size_t outputs[] = {1, 2, 3, 10}, units[] = {1, 2, 5, 9, 13};
  const double scales[] = {1, 25, 300};
  for (size_t o = 0; o < sizeof outputs / sizeof *outputs; o++)
    for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
      ensemble_case(v, outputs[o], units[u], false, 1);
      if (outputs[o] == 1) continue;
      for (int i = 0; i < 3; i++) ensemble_case(v, outputs[o], units[u], true, scales[i]);
    }
}
