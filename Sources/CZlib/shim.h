// zlib, as the system has it: DatasetFiles reads gzip with it.
#include <zlib.h>
