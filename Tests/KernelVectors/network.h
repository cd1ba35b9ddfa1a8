// A network of the kernels' layers with its buffers, each exactly as large as CKernels.h requires.
#ifndef DROPSCOPE_KERNEL_VECTORS_NETWORK_H
#define DROPSCOPE_KERNEL_VECTORS_NETWORK_H

#include "vectors.h"

#define MOST_LAYERS 4

// The passes that use a mask, with its factor.
typedef enum mask_pass { BOTH, FORWARD_ONLY, BACKWARD_ONLY } mask_pass;

// Keep probabilities whose reciprocals are floats: 1, 4/5, 1/2.
typedef enum keep { KEEP_ALL, KEEP_FOUR_FIFTHS, KEEP_HALF } keep;

typedef struct design {
  const char *name;
  size_t sizes[MOST_LAYERS + 1];  // inputs first; ends with 0 where it is shorter
  size_t rows;
  // The gap after the padding, in floats, between rows of inputs and between rows of units.
  size_t input_gap, gap;
  ck_activation function, output_function;
  ck_loss loss;
  keep keep_inputs, keep_hidden;
  mask_pass pass;
  ck_optimizer optimizer;
  float rate, l1, l2, cap;  // cap 0: none
} design;

typedef struct network {
  ck_layer layers[MOST_LAYERS];
  size_t count;
  size_t rows;
  ck_blocks blocks;
  float *block[2];  // parameters and states: now, and next
  float *inputs;
  int32_t *classes;
  float *targets;
  ck_output output;
} network;

// The number of an optimizer's state blocks.
size_t state_count(ck_optimizer optimizer);

// Random weights; zeros everywhere else.
void build_network(vectors *v, network *n, const design *d);

// Swaps the next blocks with the current ones.
void swap_blocks(network *n);

// Adds the next parameters and states, including padding.
void add_next(vectors *v, const network *n, const design *d);

#endif
