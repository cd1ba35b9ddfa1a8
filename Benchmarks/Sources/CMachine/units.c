// The peak of fused multiply-adds: enough independent chains to hide the latency, and only
// registers.
#include "machine.h"

#include <stddef.h>

// Twelve chains: up to two units that need up to five cycles each, and some more.
#define FOR_EACH_CHAIN(DO) \
  DO(0) DO(1) DO(2) DO(3) DO(4) DO(5) DO(6) DO(7) DO(8) DO(9) DO(10) DO(11)
#define CHAINS 12

// acc = acc * factor + term stays near 1, far from values that are slow to compute with.
static const float factor = 0.5f;
static const float term = 0.5f;

#if defined(__x86_64__)
#include <immintrin.h>

static bool has_avx2(void) {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
}

static bool has_avx512(void) { return __builtin_cpu_supports("avx512f"); }

__attribute__((target("avx2,fma"))) static float run_avx2(int64_t iterations) {
  const __m256 factors = _mm256_set1_ps(factor), terms = _mm256_set1_ps(term);
#define START(I) __m256 chain##I = _mm256_set1_ps(1 + I * 0x1p-10f);
#define STEP(I) chain##I = _mm256_fmadd_ps(chain##I, factors, terms);
#define ADD(I) sum = _mm256_add_ps(sum, chain##I);
  FOR_EACH_CHAIN(START)
  for (int64_t i = 0; i < iterations; i++) { FOR_EACH_CHAIN(STEP) }
  __m256 sum = _mm256_setzero_ps();
  FOR_EACH_CHAIN(ADD)
#undef START
#undef STEP
#undef ADD
  return _mm256_cvtss_f32(sum);
}

__attribute__((target("avx512f"))) static float run_avx512(int64_t iterations) {
  const __m512 factors = _mm512_set1_ps(factor), terms = _mm512_set1_ps(term);
#define START(I) __m512 chain##I = _mm512_set1_ps(1 + I * 0x1p-10f);
#define STEP(I) chain##I = _mm512_fmadd_ps(chain##I, factors, terms);
#define ADD(I) sum = _mm512_add_ps(sum, chain##I);
  FOR_EACH_CHAIN(START)
  for (int64_t i = 0; i < iterations; i++) { FOR_EACH_CHAIN(STEP) }
  __m512 sum = _mm512_setzero_ps();
  FOR_EACH_CHAIN(ADD)
#undef START
#undef STEP
#undef ADD
  return _mm512_cvtss_f32(sum);
}
#elif defined(__aarch64__)
#include <arm_neon.h>

static bool has_neon(void) { return true; }

static float run_neon(int64_t iterations) {
  const float32x4_t factors = vdupq_n_f32(factor), terms = vdupq_n_f32(term);
#define START(I) float32x4_t chain##I = vdupq_n_f32(1 + I * 0x1p-10f);
#define STEP(I) chain##I = vfmaq_f32(terms, chain##I, factors);
#define ADD(I) sum = vaddq_f32(sum, chain##I);
  // Some cores have four units: a second dozen of chains keeps them busy.
#define START2(I) float32x4_t other##I = vdupq_n_f32(2 + I * 0x1p-10f);
#define STEP2(I) other##I = vfmaq_f32(terms, other##I, factors);
#define ADD2(I) sum = vaddq_f32(sum, other##I);
  FOR_EACH_CHAIN(START)
  FOR_EACH_CHAIN(START2)
  for (int64_t i = 0; i < iterations; i++) { FOR_EACH_CHAIN(STEP) FOR_EACH_CHAIN(STEP2) }
  float32x4_t sum = vdupq_n_f32(0);
  FOR_EACH_CHAIN(ADD)
  FOR_EACH_CHAIN(ADD2)
  return vgetq_lane_f32(sum, 0);
}
#endif

const cm_unit *cm_units(void) {
  static const cm_unit units[] = {
#if defined(__x86_64__)
      {"AVX2", has_avx2, run_avx2, 8 * CHAINS},
      {"AVX-512", has_avx512, run_avx512, 16 * CHAINS},
#elif defined(__aarch64__)
      {"NEON", has_neon, run_neon, 2 * 4 * CHAINS},
#endif
      {NULL, NULL, NULL, 0},
  };
  return units;
}
