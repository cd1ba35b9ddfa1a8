// The system's zlib, with which DatasetFiles reads gzip and Sessions shares.
#include <zlib.h>
