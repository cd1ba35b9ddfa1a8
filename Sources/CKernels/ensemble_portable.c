// The ensembles' portable path.
#define CK_ENSEMBLE_TABLE ck_portable_ensemble_kernels
#include "ensemble_kernels.inc"
