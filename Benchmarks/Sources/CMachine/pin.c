#ifdef __linux__
#define _GNU_SOURCE
#include <sched.h>
#endif

#include "machine.h"

#ifdef __linux__
static cpu_set_t before;
static bool is_pinned;

bool cm_pin(void) {
  if (is_pinned || sched_getaffinity(0, sizeof before, &before) != 0) return is_pinned;
  // The last core, since the first ones serve interrupts more often.
  int last = -1;
  for (int core = 0; core < CPU_SETSIZE; core++)
    if (CPU_ISSET(core, &before)) last = core;
  if (last < 0) return false;
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(last, &one);
  is_pinned = sched_setaffinity(0, sizeof one, &one) == 0;
  return is_pinned;
}

void cm_unpin(void) {
  if (is_pinned && sched_setaffinity(0, sizeof before, &before) == 0) is_pinned = false;
}
#else
bool cm_pin(void) { return false; }

void cm_unpin(void) {}
#endif
