#ifndef DROPSCOPE_CKERNELS_H
#define DROPSCOPE_CKERNELS_H

#include <stddef.h>
#include <stdint.h>

#endif
