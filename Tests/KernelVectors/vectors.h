// The tools of the cases: numbers from an integer generator, buffers, and a hash of all that a
// kernel wrote.
//
// No libm and no system generator: the numbers are the same on every machine and under every
// compiler.
#ifndef DROPSCOPE_KERNEL_VECTORS_H
#define DROPSCOPE_KERNEL_VECTORS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "CKernels.h"

#pragma STDC FP_CONTRACT OFF

// One case at a time: its name, and what it has drawn, written and allocated so far.
typedef struct vectors {
  const ck_kernels *kernels;
  const ck_ensemble_kernels *ensembles;
  char name[96];
  uint64_t random;
  uint64_t hash;
  void *buffers[128];
  size_t buffer_count;
} vectors;

// Every case has its own numbers, which depend only on its name.
void begin_case(vectors *v, const char *format, ...) __attribute__((format(printf, 2, 3)));
// Prints the kernel, the case and the hash of all values added since the last part.
void end_part(vectors *v, const char *kernel);
// Ends the last part and frees the buffers.
void end_case(vectors *v, const char *kernel);

// Zeros. A buffer ends exactly after its last value, so that an address sanitizer sees every access
// beyond it. It begins off the alignment of vectors, on which the kernels may not rely.
float *floats(vectors *v, size_t count);
double *doubles(vectors *v, size_t count);
// Zeros, aligned to 64 bytes.
void *memory(vectors *v, size_t bytes);

uint32_t random_word(vectors *v);
// A multiple of 2^-16 in -1 ..< 1.
float random_float(vectors *v);
void fill(vectors *v, float *place, size_t count);
// Fills the first `count` values of each row; the values up to the stride stay unchanged.
void fill_rows(vectors *v, float *place, size_t rows, size_t count, size_t stride);
// Sets about `share` of 256 values to 0.
void thin_out(vectors *v, float *place, size_t count, uint32_t share);
// Fills a layer's panels of weights; the padding stays unchanged.
void fill_panels(vectors *v, float *weights, size_t inputs, size_t units);

// Adds to the hash. All NaNs count as one, since their bits depend on the processor.
void add_word(vectors *v, uint64_t word);
void add_float(vectors *v, float value);
void add_double(vectors *v, double value);
void add_floats(vectors *v, const float *place, size_t count);
void add_rows(vectors *v, const float *place, size_t rows, size_t count, size_t stride);

static inline size_t padded(size_t count) { return (count + CK_LANES - 1) / CK_LANES * CK_LANES; }

void masks_and_order_cases(vectors *v);
void layer_cases(vectors *v);
void training_cases(vectors *v);
void ensemble_cases(vectors *v);

#endif
