// What the cases are made with: numbers out of an integer generator, buffers, and a hash of all that a kernel wrote.
//
// No libm and no generator of the system: the same numbers on every machine and under every compiler.
#ifndef DROPSCOPE_KERNEL_VECTORS_H
#define DROPSCOPE_KERNEL_VECTORS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "CKernels.h"

#pragma STDC FP_CONTRACT OFF

// One case at a time: what it is named, what it has drawn, written and allocated so far.
typedef struct vectors {
  const ck_kernels *kernels;
  const ck_ensemble_kernels *ensembles;
  char name[96];
  uint64_t random;
  uint64_t hash;
  void *buffers[128];
  size_t buffer_count;
} vectors;

// Every case has its own numbers, given by its name alone.
void begin_case(vectors *v, const char *format, ...) __attribute__((format(printf, 2, 3)));
// Prints the kernel, the case and the hash of what was added since the last part.
void end_part(vectors *v, const char *kernel);
// The last part: frees the buffers as well.
void end_case(vectors *v, const char *kernel);

// Zeros. A buffer ends where its last value ends, so that an address sanitizer sees every step beyond it, and begins
// off the alignment of vectors, which the kernels may not rely on.
float *floats(vectors *v, size_t count);
double *doubles(vectors *v, size_t count);
// Zeros, aligned to 64 bytes.
void *memory(vectors *v, size_t bytes);

uint32_t random_word(vectors *v);
// A multiple of 2^-16 in -1 ..< 1.
float random_float(vectors *v);
void fill(vectors *v, float *place, size_t count);
// Fills the first `count` values of each row; those between them and the stride stay as they are.
void fill_rows(vectors *v, float *place, size_t rows, size_t count, size_t stride);
// Sets about `share` of 256 values to 0.
void thin_out(vectors *v, float *place, size_t count, uint32_t share);
// Fills a layer's panels of weights; the padding stays as it is.
void fill_panels(vectors *v, float *weights, size_t inputs, size_t units);

// Adds to the hash. NaNs all count as one: which bits a NaN has is the processor's matter.
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
