// The few functions through which Swift sees ncurses and the terminal. Nothing of <curses.h> is
// visible here, since its macros and global variables do not import. A process has one terminal.
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum nc_attribute { NC_BOLD = 1, NC_UNDERLINE = 2, NC_REVERSE = 4, NC_DIM = 8 };

// Sets the locale of the environment for characters, and returns whether it is UTF-8. With
// `force_unicode` it tries C.UTF-8 where it is not.
bool nc_use_locale(bool force_unicode);

// Whether the terminal, as far as its type is known, can draw anywhere on its screen, and speaks
// the language of ECMA-48. A dumb one cannot, and a VT52 has a language of its own.
bool nc_can_draw(void);
// Takes the terminal on standard input and output: alternate screen, single keys, no echo. Returns
// false if its type is unknown. Signals and crashes are watched from here until nc_close.
bool nc_open(bool mouse);
bool nc_is_open(void);
// Gives the terminal back for good. Does nothing if it was not taken.
void nc_close(void);
// Gives the terminal back for a while, and takes it again; the screen is then drawn again. Nothing
// is drawn and no input is read meanwhile.
void nc_suspend(void);
void nc_resume(void);

// The number of colours, negative or 0 if there are none, and the number of pairs of them.
int nc_colors(void);
int nc_pairs(void);
// Defines a pair by palette indices, -1 for the terminal's own colour.
void nc_define_pair(int pair, int foreground, int background);
// Forgets all pairs.
void nc_forget_pairs(void);

int nc_width(void);
int nc_height(void);
// Asks the terminal for its size and adopts it; returns whether it has changed.
bool nc_take_size(void);
// Puts a character of `columns` columns (1 or 2) into the next frame. Puts a question mark if the C
// library counts another number of columns.
void nc_put(int x, int y, uint32_t scalar, int columns, int attributes, int pair);
// Blanks the next frame.
void nc_erase(void);
// Sends the next frame; with `all`, also the parts that the terminal should already show.
void nc_show(bool all);

// Sends a sequence that ncurses does not know, as one that puts a text on the clipboard.
void nc_tell(const char *sequence);

// Reads the bytes that have arrived, at most `capacity`, and returns their number; never waits.
int nc_read(unsigned char *bytes, int capacity);
// Waits for input, a signal or a wake-up, at most this many milliseconds (negative: for ever).
// Returns whether the input has ended.
bool nc_wait(int milliseconds);

// Ends a wait from any thread.
void nc_wake(void);
bool nc_take_wake(void);
// The next signal that arrived, 0 if none: TERM, HUP and QUIT before INT, TSTP, CONT and WINCH.
int nc_take_signal(void);
// Sends the signal that the terminal would send for a key, Ctrl-C (3) or Ctrl-Z (26), that was
// typed. Returns whether the key means one.
bool nc_signal_by_key(int key);
// Forgets that a signal arrived.
void nc_discard_signal(int signal_number);
// Whether the process was told to end by TERM, HUP or QUIT.
bool nc_is_ending(void);
// Whether other processes own the terminal now; touching its modes would stop us.
bool nc_is_in_background(void);
// Stops the process, by TSTP as Ctrl-Z does or by TTOU as the terminal does in the background.
// Returns when it continues, with whether it was stopped at all.
bool nc_stop(int signal_number);
// Ends the process by the default action of a signal, after giving the terminal back.
_Noreturn void nc_die(int signal_number);

// Gives the calling thread a separate stack for signal handlers, so that the terminal is given back
// even if the thread's own stack overflows. Returns whether it has one.
bool nc_prepare_thread(void);
