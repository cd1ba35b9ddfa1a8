#include "CKernels.h"

#include <string.h>

extern const ck_kernels ck_portable_kernels;

#if defined(__x86_64__)
extern const ck_kernels ck_avx2_kernels;

static bool has_avx2(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
}
#endif

const char *ck_best_path(void) {
#if defined(__x86_64__)
  if (has_avx2()) return "avx2";
#endif
  return "portable";
}

const ck_kernels *ck_kernels_named(const char *name) {
  if (strcmp(name, "portable") == 0) return &ck_portable_kernels;
#if defined(__x86_64__)
  if (strcmp(name, "avx2") == 0 && has_avx2()) return &ck_avx2_kernels;
#endif
  return NULL;
}
