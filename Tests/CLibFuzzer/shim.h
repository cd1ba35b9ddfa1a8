// A function of libFuzzer that its users may call. Its library comes with the toolchain, and a
// header does not: this is the declaration of LLVM's FuzzerInterface.h.
#include <stddef.h>
#include <stdint.h>

/// Changes an input in place, as libFuzzer does by itself, and returns its new size.
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most);
