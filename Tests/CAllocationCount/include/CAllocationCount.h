// Counts what a thread allocates, for the tests alone.
#ifndef DROPSCOPE_CALLOCATIONCOUNT_H
#define DROPSCOPE_CALLOCATIONCOUNT_H

#include <stdbool.h>
#include <stdint.h>

// Whether allocations are counted on this system: with glibc they are, unless a sanitizer has its own malloc.
bool ca_is_counting(void);

// The calls of malloc and its relatives that the calling thread has made so far.
uint64_t ca_allocations(void);

// The bytes that the calling thread has asked for so far, whether it has given them back or not.
uint64_t ca_allocated_bytes(void);

// The bytes that the calling thread has taken and not given back; below 0 where it gave back what others took.
int64_t ca_held_bytes(void);

#endif
