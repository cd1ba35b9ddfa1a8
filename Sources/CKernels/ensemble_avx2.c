// The ensembles' path of x86-64 processors with AVX2 and FMA, chosen at run time.
#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define CK_ENSEMBLE_TABLE ck_avx2_ensemble_kernels
#include "ensemble_kernels.inc"
#pragma clang attribute pop
#endif
