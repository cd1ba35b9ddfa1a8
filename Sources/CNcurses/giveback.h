// Giving the terminal back: shared by the screen and the signal handlers.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

// Prepares the bytes to write and the modes to set when the terminal is given back in an emergency.
void giveback_prepare(const struct termios *modes, bool with_mouse);
// Says that the terminal is ours from here on. If the standard error is the terminal too, output to
// it is kept back meanwhile: it would spoil the screen and be lost with it.
void giveback_begin(void);
// Says that the terminal was given back in the usual way, and shows the standard error that was
// kept back.
void giveback_end(void);
// Whether the terminal is ours now.
bool giveback_is_ours(void);
// Gives the terminal back if it is ours; safe in a signal handler, and from any thread: the bytes
// are written once.
void giveback_now(void);
// The bytes that restore a terminal of this description to its usual state; capabilities.c.
size_t collect_restoring_bytes(char *bytes, size_t capacity, bool with_mouse);

// Watches signals and crashes. It is called before the terminal is taken, since ncurses keeps
// handlers that exist already. The calling thread counts as the one that draws.
bool signals_watch(void);
// Restores the earlier signal actions.
void signals_unwatch(void);
// Gives the terminal back as the process exits, from any thread. The thread that draws is stopped
// first.
void signals_leave_at_exit(void);
// Gives the terminal back, and ends the process by a signal; safe in a signal handler, and from any
// thread.
_Noreturn void signals_end_by(int signal_number);
// Watches, or stops watching, the signals that would end the process and that nobody waits for;
// outside.c.
void outside_watch(void);
void outside_unwatch(void);
// The end of the pipe that becomes readable when a signal or a wake-up arrives, and the function
// that empties it.
int signals_doorbell(void);
void signals_clear_doorbell(void);
