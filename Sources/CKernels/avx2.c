// The path of x86-64 processors with AVX2 and FMA, chosen at run time: 16 registers of 8 floats.
#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma,bmi,bmi2,popcnt"))), \
                             apply_to = function)
#define CK_PATH_NAME "avx2"
#define CK_PATH_TABLE ck_avx2_kernels
#define CK_WIDE_ROWS 6
#define CK_NARROW_ROWS 12
#include "kernels/path.inc"
#pragma clang attribute pop
#endif
