// The portable path. The compiler decides whether a fused multiply-add is an instruction or a call.
#define CK_PATH_NAME "portable"
#define CK_PATH_TABLE ck_portable_kernels
#define CK_WIDE_ROWS 6
#define CK_NARROW_ROWS 12
#include "kernels/path.inc"
