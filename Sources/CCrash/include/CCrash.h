// The last words of a process that crashes.
#pragma once

// From here on a crash on any thread writes `text` to the standard error as its last line, after
// the report of the language's own backtracer. The cause replaces "%".
//
// `text` is copied, and cut after a kilobyte.
void crash_watch(const char *text);

// Keeps the language's backtracer from asking a person at a terminal for a key. The runtime reads
// SWIFT_BACKTRACE before a program begins, so the program starts once more, with these arguments. A
// setting of the person's own stays in force.
void crash_keep_from_asking(char *const arguments[]);
