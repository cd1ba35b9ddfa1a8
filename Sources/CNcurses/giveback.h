// Giving the terminal back: shared by the screen and the signal handlers.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

// Works out what to write and which modes to set when the terminal is given back in an emergency.
void giveback_prepare(const struct termios *modes, bool with_mouse);
// From here on the terminal is ours. What the process writes to a standard error that is the
// terminal is kept back meanwhile: it would spoil the screen and be lost with it.
void giveback_begin(void);
// The terminal was given back in the usual way: shows what standard error was told meanwhile.
void giveback_end(void);
// Whether the terminal is ours now.
bool giveback_is_ours(void);
// Gives the terminal back if it is ours; safe in a signal handler, and from any thread: the bytes
// are written once.
void giveback_now(void);
// The bytes that bring a terminal of this description back to its usual state; capabilities.c.
size_t collect_restoring_bytes(char *bytes, size_t capacity, bool with_mouse);

// Watches signals and crashes, from before the terminal is taken: ncurses leaves alone what has a
// handler already. The calling thread is taken as the one that draws.
bool signals_watch(void);
// Puts the actions back that were there before.
void signals_unwatch(void);
// Gives the terminal back as the process exits, from any thread: the thread that draws is stopped first.
void signals_leave_at_exit(void);
// Gives the terminal back, and ends the process by a signal; safe in a signal handler, and from any thread.
_Noreturn void signals_end_by(int signal_number);
// Watches the signals that nobody waits for and that would end the process, and leaves them again; outside.c.
void outside_watch(void);
void outside_unwatch(void);
// The end of the pipe that becomes readable when a signal or a wake-up arrives, and how to empty it.
int signals_doorbell(void);
void signals_clear_doorbell(void);
