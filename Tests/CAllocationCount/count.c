#include "CAllocationCount.h"

#include <stdlib.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define CA_SANITIZED 1
#endif
#endif

static _Thread_local uint64_t allocations;
static _Thread_local uint64_t allocated_bytes;

#if defined(__GLIBC__) && !defined(CA_SANITIZED)
#include <errno.h>

// A function of the program takes precedence over the same one of a shared library, for the libraries as well; glibc
// keeps its own under these names.
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

static void note(size_t size) {
  allocations++;
  allocated_bytes += size;
}

void *malloc(size_t size) {
  note(size);
  return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
  note(count * size);
  return __libc_calloc(count, size);
}

void *realloc(void *old, size_t size) {
  note(size);
  return __libc_realloc(old, size);
}

void *memalign(size_t alignment, size_t size) {
  note(size);
  return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  note(size);
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **result, size_t alignment, size_t size) {
  note(size);
  void *memory = __libc_memalign(alignment, size);
  if (!memory) return ENOMEM;
  *result = memory;
  return 0;
}

bool ca_is_counting(void) { return true; }
#else
bool ca_is_counting(void) { return false; }
#endif

uint64_t ca_allocations(void) { return allocations; }

uint64_t ca_allocated_bytes(void) { return allocated_bytes; }
