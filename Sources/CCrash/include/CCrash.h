// The last words of a process that crashes.
#pragma once

// From here on a crash on any thread writes `text`, "%" being what happened, to the standard error as its
// last line, after whatever the language's own backtracer has to say.
//
// `text` is copied; it is cut where it is longer than a kilobyte.
void crash_watch(const char *text);

// Keeps the language's backtracer from asking a person at a terminal what to do next, and waiting for a key. Its runtime
// reads SWIFT_BACKTRACE before a program begins, so the program begins once more, with these arguments. A setting of the
// person's own stays in force.
void crash_keep_from_asking(char *const arguments[]);
