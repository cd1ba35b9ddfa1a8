// The path of 64-bit ARM. Every such processor has NEON: 32 registers of 4 floats.
#if defined(__aarch64__)
#define CK_PATH_NAME "neon"
#define CK_PATH_TABLE ck_neon_kernels
#define CK_WIDE_ROWS 6
#define CK_NARROW_ROWS 12
#include "kernels/path.inc"
#endif
