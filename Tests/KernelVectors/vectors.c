#include "vectors.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// > Source: Fowler, Noll, Vo: FNV-1a in 64 bits.
static const uint64_t hash_start = 0xCBF29CE484222325u, hash_factor = 0x100000001B3u;

void add_word(vectors *v, uint64_t word) {
  for (int byte = 0; byte < 8; byte++)
    v->hash = (v->hash ^ (word >> 8 * byte & 0xFF)) * hash_factor;
}

void begin_case(vectors *v, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(v->name, sizeof v->name, format, arguments);
  va_end(arguments);
  v->hash = hash_start;
  for (const char *letter = v->name; *letter; letter++) add_word(v, (uint64_t)*letter);
  v->random = v->hash;
  v->hash = hash_start;
}

void end_part(vectors *v, const char *kernel) {
  printf("%s/%s %016" PRIx64 "\n", kernel, v->name, v->hash);
  v->hash = hash_start;
}

void end_case(vectors *v, const char *kernel) {
  end_part(v, kernel);
  while (v->buffer_count > 0) free(v->buffers[--v->buffer_count]);
}

static void *keep(vectors *v, void *buffer) {
  if (!buffer || v->buffer_count == sizeof v->buffers / sizeof *v->buffers) {
    fprintf(stderr, "kernel_vectors: %s: no memory, or more than %zu buffers\n", v->name,
            sizeof v->buffers / sizeof *v->buffers);
    exit(1);
  }
  v->buffers[v->buffer_count++] = buffer;
  return buffer;
}

float *floats(vectors *v, size_t count) {
  return (float *)keep(v, calloc(count + 1, sizeof(float))) + 1;
}

double *doubles(vectors *v, size_t count) {
  return (double *)keep(v, calloc(count + 1, sizeof(double))) + 1;
}

void *memory(vectors *v, size_t bytes) {
  void *buffer = NULL;
  if (posix_memalign(&buffer, 64, bytes > 0 ? bytes : 1) != 0) buffer = NULL;
  keep(v, buffer);
  return memset(buffer, 0, bytes);
}

// > Source: Steele, Lea, Flood 2014, Fast splittable pseudorandom number generators (SplitMix64).
uint32_t random_word(vectors *v) {
  uint64_t z = v->random += 0x9E3779B97F4A7C15u;
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
  z = (z ^ z >> 27) * 0x94D049BB133111EBu;
  return (uint32_t)((z ^ z >> 31) >> 32);
}

float random_float(vectors *v) { return (float)((int32_t)(random_word(v) >> 15) - 65536) / 65536; }

void fill(vectors *v, float *place, size_t count) {
  for (size_t i = 0; i < count; i++) place[i] = random_float(v);
}

void fill_rows(vectors *v, float *place, size_t rows, size_t count, size_t stride) {
  for (size_t row = 0; row < rows; row++) fill(v, place + row * stride, count);
}

void thin_out(vectors *v, float *place, size_t count, uint32_t share) {
  for (size_t i = 0; i < count; i++)
    if (random_word(v) >> 24 < share) place[i] = 0;
}

void fill_panels(vectors *v, float *weights, size_t inputs, size_t units) {
  for (size_t panel = 0; panel < units; panel += CK_PANEL) {
    size_t width = padded(units) - panel < CK_PANEL ? CK_LANES : CK_PANEL;
    size_t live = units - panel < width ? units - panel : width;
    fill_rows(v, weights + panel * inputs, inputs, live, width);
  }
}

void add_float(vectors *v, float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  add_word(v, value == value ? bits : 0x7FC00000u);
}

void add_double(vectors *v, double value) {
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  add_word(v, value == value ? bits : 0x7FF8000000000000u);
}

void add_floats(vectors *v, const float *place, size_t count) {
  for (size_t i = 0; i < count; i++) add_float(v, place[i]);
}

void add_rows(vectors *v, const float *place, size_t rows, size_t count, size_t stride) {
  for (size_t row = 0; row < rows; row++) add_floats(v, place + row * stride, count);
}
