// The system's zlib, with which DatasetFiles reads gzip.
#include <zlib.h>
