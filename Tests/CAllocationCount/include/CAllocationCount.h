// Counts the allocations of a thread, only for tests.
#ifndef DROPSCOPE_CALLOCATIONCOUNT_H
#define DROPSCOPE_CALLOCATIONCOUNT_H

#include <stdbool.h>
#include <stdint.h>

// Whether allocations are counted on this system: with glibc they are, unless a sanitizer has its
// own malloc.
bool ca_is_counting(void);

// The number of calls of malloc and its relatives by the calling thread so far.
uint64_t ca_allocations(void);

// The number of bytes that the calling thread has requested so far, even if it has given them back.
uint64_t ca_allocated_bytes(void);

// The number of bytes that the calling thread has taken and not given back. It is below 0 where the
// thread gave back bytes of other threads.
int64_t ca_held_bytes(void);

// The most bytes that the calling thread has held at once since the last call of this function.
int64_t ca_most_held_bytes(void);

#endif
