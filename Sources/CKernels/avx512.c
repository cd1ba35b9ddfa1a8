// The path of x86-64 processors with AVX-512: 32 registers of 16 floats. A panel of weights is one
// register.
#if defined(__x86_64__)
#pragma clang attribute push(                                                                      \
    __attribute__((target("avx512f,avx512vl,avx512bw,avx512dq,avx2,fma,bmi,bmi2,popcnt"))),  \
    apply_to = function)
#define CK_PATH_NAME "avx512"
#define CK_PATH_TABLE ck_avx512_kernels
#define CK_WIDE_ROWS 12
#define CK_NARROW_ROWS 12
#include "kernels/path.inc"
#pragma clang attribute pop
#endif
