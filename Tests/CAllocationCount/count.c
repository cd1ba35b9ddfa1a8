#include "CAllocationCount.h"

#include <stdlib.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define CA_SANITIZED 1
#endif
#endif

static _Thread_local uint64_t allocations;
static _Thread_local uint64_t allocated_bytes;

// The bytes that the calling thread holds: taken less given back, in the allocator's own sizes.
static _Thread_local int64_t held_bytes;
static _Thread_local int64_t most_held_bytes;

#if defined(__GLIBC__) && !defined(CA_SANITIZED)
#include <errno.h>
#include <malloc.h>

// A function of the program takes precedence over one of the same name in a shared library, even
// for calls from libraries. glibc keeps its own under these names.
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);
extern void __libc_free(void *memory);

static void hold(int64_t bytes) {
  held_bytes += bytes;
  if (held_bytes > most_held_bytes) most_held_bytes = held_bytes;
}

static void *note(void *memory, size_t size) {
  allocations++;
  allocated_bytes += size;
  hold((int64_t)malloc_usable_size(memory));
  return memory;
}

void *malloc(size_t size) { return note(__libc_malloc(size), size); }

void *calloc(size_t count, size_t size) { return note(__libc_calloc(count, size), count * size); }

void *realloc(void *old, size_t size) {
  int64_t before = (int64_t)malloc_usable_size(old);
  void *memory = note(__libc_realloc(old, size), size);
  if (memory || size == 0) held_bytes -= before;
  return memory;
}

void *memalign(size_t alignment, size_t size) {
  return note(__libc_memalign(alignment, size), size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  return note(__libc_memalign(alignment, size), size);
}

int posix_memalign(void **result, size_t alignment, size_t size) {
  void *memory = note(__libc_memalign(alignment, size), size);
  if (!memory) return ENOMEM;
  *result = memory;
  return 0;
}

void free(void *memory) {
  held_bytes -= (int64_t)malloc_usable_size(memory);
  __libc_free(memory);
}

bool ca_is_counting(void) { return true; }
#else
bool ca_is_counting(void) { return false; }
#endif

uint64_t ca_allocations(void) { return allocations; }

uint64_t ca_allocated_bytes(void) { return allocated_bytes; }

int64_t ca_held_bytes(void) { return held_bytes; }

int64_t ca_most_held_bytes(void) {
  int64_t most = most_held_bytes;
  most_held_bytes = held_bytes;
  return most;
}
