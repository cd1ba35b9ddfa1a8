#include "CMemory.h"

#if __has_include(<malloc.h>)
#include <malloc.h>
#endif

void memory_share_heap(void) {
#ifdef M_ARENA_MAX
  mallopt(M_ARENA_MAX, 1);
#endif
}
