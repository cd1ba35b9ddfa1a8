#ifndef CMACHINE_MACHINE_H
#define CMACHINE_MACHINE_H

#include <stdbool.h>
#include <stdint.h>

/// A way to multiply and add in registers.
typedef struct {
  /// The name of the unit, such as `AVX2`; null after the last one.
  const char *name;
  /// Whether this processor has it.
  bool (*is_there)(void);
  /// Takes `iterations` rounds and returns a sum of the results, so that the compiler can leave
  /// nothing out.
  float (*run)(int64_t iterations);
  /// The number of fused multiply-adds of a round.
  int64_t multiply_adds;
} cm_unit;

/// The units that this program knows, the widest one last.
///
/// A unit without a name ends the list.
const cm_unit *cm_units(void);

/// Keeps the calling thread, and the processes that it starts, on one core; false where the system
/// cannot do so.
bool cm_pin(void);

/// Lets the calling thread run on all the cores that it had before `cm_pin`.
void cm_unpin(void);

#endif
