#include "CKernels.h"

#include <string.h>

extern const ck_kernels ck_reference_kernels, ck_portable_kernels, ck_avx2_kernels,
    ck_avx512_kernels, ck_neon_kernels;

#if defined(__x86_64__)
static bool has_avx2(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
         __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
         __builtin_cpu_supports("popcnt");
}

static bool has_avx512(void) {
  return has_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq");
}
#endif

const char *ck_best_path(void) {
#if defined(__x86_64__)
  if (has_avx512()) return "avx512";
  if (has_avx2()) return "avx2";
#elif defined(__aarch64__)
  return "neon";
#endif
  return "portable";
}

const ck_kernels *ck_kernels_named(const char *name) {
  if (strcmp(name, "reference") == 0) return &ck_reference_kernels;
  if (strcmp(name, "portable") == 0) return &ck_portable_kernels;
#if defined(__x86_64__)
  if (strcmp(name, "avx2") == 0 && has_avx2()) return &ck_avx2_kernels;
  if (strcmp(name, "avx512") == 0 && has_avx512()) return &ck_avx512_kernels;
#elif defined(__aarch64__)
  if (strcmp(name, "neon") == 0) return &ck_neon_kernels;
#endif
  return NULL;
}

extern const ck_ensemble_kernels ck_portable_ensemble_kernels;
#if defined(__x86_64__)
extern const ck_ensemble_kernels ck_avx2_ensemble_kernels;
#endif

// The ensembles have only two paths. Any other name gets the faster one that this processor can
// run.
const ck_ensemble_kernels *ck_ensemble_kernels_named(const char *name) {
#if defined(__x86_64__)
  bool on_vectors = strcmp(name, "avx2") == 0 || strcmp(name, "avx512") == 0;
  if (on_vectors && has_avx2()) return &ck_avx2_ensemble_kernels;
#endif
  return ck_kernels_named(name) ? &ck_portable_ensemble_kernels : NULL;
}

size_t ck_ensemble_column_units(size_t units) {
  size_t half = (units + 1) / 2;
  return half >= 3 ? half : (units < 3 ? units : 3);
}

size_t ck_ensemble_memory(size_t outputs, size_t units) {
  size_t column_units = ck_ensemble_column_units(units);
  size_t columns = (size_t)1 << column_units;
  if (columns < 8) columns = 8;
  size_t rows = (size_t)1 << (units - column_units);
  // Three tables of rows and of columns in 64 bits, and in 32 bits; each is padded to 64 bytes.
  size_t doubles = (rows + columns) * (outputs * 3 + 3) + (3 * outputs + 3) * 8;
  size_t floats = rows * (outputs * 3 + 1) + columns * outputs * 2;
  size_t tile = CK_ENSEMBLE_TILE * (CK_ENSEMBLE_TILE + outputs);
  return (doubles + floats / 2 + tile + 32 * 8) * sizeof(double);
}
