// The portable path: a fused multiply-add is whatever the compiler makes of it, an instruction or a call.
#define CK_PATH_NAME "portable"
#define CK_PATH_TABLE ck_portable_kernels
#include "kernels.inc"
