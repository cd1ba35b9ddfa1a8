// The screen: ncurses behind functions of our own.
#define _XOPEN_SOURCE_EXTENDED 1
#define NCURSES_NOMACROS 1
#define _GNU_SOURCE 1
#include "CNcurses.h"
#include "giveback.h"

#include <curses.h>
#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

static SCREEN *screen;
static bool uses_mouse, is_suspended;

bool nc_use_locale(bool force_unicode) {
  setlocale(LC_CTYPE, "");
  bool is_unicode = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
  if (is_unicode || !force_unicode) return is_unicode;
  return setlocale(LC_CTYPE, "C.UTF-8") != NULL && strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

// Tells the terminal something that ncurses does not know. A terminal that does not know it either
// shows nothing of it.
static void ask(const char *sequence) {
  size_t count = strlen(sequence), done = 0;
  while (done < count) {
    ssize_t written = write(STDOUT_FILENO, sequence + done, count - done);
    if (written > 0) {
      done += (size_t)written;
    } else if (written < 0 && errno != EINTR) {
      return;
    }
  }
}

void nc_tell(const char *sequence) { ask(sequence); }

enum { INTERRUPT_KEY = 0x03, SUSPEND_KEY = 0x1A };
static bool reads_interrupt, reads_suspend;

// Lets Ctrl-C and Ctrl-Z arrive as bytes. The terminal would send a signal for each of these bytes,
// also in a text that is pasted. Ctrl-\ stays a signal, since it must end a program that hangs.
static void read_signal_keys(struct termios *modes) {
  if (!(modes->c_lflag & ISIG)) return;
  if (modes->c_cc[VINTR] == INTERRUPT_KEY) {
    modes->c_cc[VINTR] = _POSIX_VDISABLE;
    reads_interrupt = true;
  }
  if (modes->c_cc[VSUSP] == SUSPEND_KEY) {
    modes->c_cc[VSUSP] = _POSIX_VDISABLE;
    reads_suspend = true;
  }
#ifdef VDSUSP
  // macOS has a second one, Ctrl-Y, which stops the process once it is read.
  modes->c_cc[VDSUSP] = _POSIX_VDISABLE;
#endif
}

bool nc_signal_by_key(int key) {
  int number = key == INTERRUPT_KEY && reads_interrupt ? SIGINT
               : key == SUSPEND_KEY && reads_suspend   ? SIGTSTP
                                                       : 0;
  // The terminal would send it to the whole group, as to the other commands of a pipeline.
  return number != 0 && kill(0, number) == 0;
}

static void set_up(bool mouse) {
  cbreak();
  noecho();
  nonl();
  intrflush(stdscr, FALSE);
  // Input is read without ncurses, so drawing must not wait for it.
  typeahead(-1);
  leaveok(stdscr, TRUE);
  scrollok(stdscr, FALSE);
  curs_set(0);
  if (has_colors()) {
    start_color();
    use_default_colors();
  }
  uses_mouse = false;
  if (mouse) {
    mmask_t events = BUTTON1_PRESSED | BUTTON1_RELEASED | BUTTON2_PRESSED | BUTTON3_PRESSED
                     | BUTTON4_PRESSED | BUTTON5_PRESSED;
    uses_mouse = mousemask(events, NULL) != 0;
    mouseinterval(0);
  }
  ask("\033[?2004h");
  // Ctrl-S and Ctrl-Q are keys; they must not freeze the screen.
  struct termios modes;
  if (tcgetattr(STDIN_FILENO, &modes) == 0) {
    modes.c_iflag &= ~(tcflag_t)IXON;
    read_signal_keys(&modes);
    tcsetattr(STDIN_FILENO, TCSADRAIN, &modes);
    def_prog_mode();
  }
}

static bool is_registered;

bool nc_open(bool mouse) {
  if (screen != NULL) return false;
  unsetenv("LINES");
  unsetenv("COLUMNS");
  struct termios modes;
  if (tcgetattr(STDIN_FILENO, &modes) != 0) return false;
  if (!signals_watch()) return false;
  screen = newterm(NULL, stdout, stdin);
  if (screen == NULL) {
    signals_unwatch();
    return false;
  }
  is_suspended = false;
  giveback_prepare(&modes, mouse);
  if (!is_registered) is_registered = atexit(signals_leave_at_exit) == 0;
  giveback_begin();
  set_up(mouse);
  // A terminal without a mouse would display the sequences that switch the mouse off.
  if (mouse && !uses_mouse) giveback_prepare(&modes, false);
  nc_take_size();
  return true;
}

bool nc_is_open(void) { return screen != NULL; }

// A second call would write to a screen that is no longer ours.
static void leave(void) {
  if (is_suspended) return;
  is_suspended = true;
  if (uses_mouse) mousemask(0, NULL);
  ask("\033[?2004l");
  curs_set(1);
  endwin();
  giveback_end();
}

void nc_close(void) {
  if (screen == NULL) return;
  leave();
  signals_unwatch();
  delscreen(screen);
  screen = NULL;
}

void nc_suspend(void) {
  if (screen != NULL) leave();
}

void nc_resume(void) {
  if (screen == NULL) return;
  // endwin first, even where something outside has changed the modes without telling ncurses.
  if (!isendwin()) endwin();
  is_suspended = false;
  giveback_begin();
  reset_prog_mode();
  nc_take_size();
  clearok(curscr, TRUE);
  refresh();
  bool mouse = uses_mouse;
  set_up(mouse);
}

int nc_colors(void) { return has_colors() ? COLORS : 0; }

int nc_pairs(void) { return has_colors() ? COLOR_PAIRS : 0; }

void nc_define_pair(int pair, int foreground, int background) {
  if (pair > 0 && pair < COLOR_PAIRS && pair <= INT16_MAX) {
    init_pair((short)pair, (short)foreground, (short)background);
  }
}

void nc_forget_pairs(void) { reset_color_pairs(); }

int nc_width(void) { return COLS; }

int nc_height(void) { return LINES; }

bool nc_take_size(void) {
  struct winsize size;
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) {
    return false;
  }
  if (size.ws_row == LINES && size.ws_col == COLS) return false;
  return resizeterm(size.ws_row, size.ws_col) == OK;
}

void nc_put(int x, int y, uint32_t scalar, int columns, int attributes, int pair) {
  attr_t attribute = A_NORMAL;
  if (attributes & NC_BOLD) attribute |= A_BOLD;
  if (attributes & NC_UNDERLINE) attribute |= A_UNDERLINE;
  if (attributes & NC_REVERSE) attribute |= A_REVERSE;
  if (attributes & NC_DIM) attribute |= A_DIM;
  wchar_t text[2] = {(wchar_t)scalar, 0};
  bool is_known = scalar < 0x7F || wcwidth((wchar_t)scalar) == columns;
  if (!is_known) text[0] = L'?';
  cchar_t cell;
  if (setcchar(&cell, text, attribute, (short)pair, NULL) != OK) return;
  mvadd_wchnstr(y, x, &cell, 1);
  if (!is_known && columns == 2) {
    text[0] = L' ';
    if (setcchar(&cell, text, attribute, (short)pair, NULL) == OK) {
      mvadd_wchnstr(y, x + 1, &cell, 1);
    }
  }
}

void nc_erase(void) { erase(); }

void nc_show(bool all) {
  if (!giveback_is_ours()) return;
  if (all) clearok(curscr, TRUE);
  refresh();
}

int nc_read(unsigned char *bytes, int capacity) {
  if (is_suspended) return 0;
  // The terminal is shared with other processes, so reading must not wait, and must not be made
  // not to wait for them.
  struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
  if (poll(&input, 1, 0) <= 0 || (input.revents & POLLIN) == 0) return 0;
  ssize_t count = read(STDIN_FILENO, bytes, (size_t)capacity);
  return count > 0 ? (int)count : 0;
}

// Whether the input has ended: there is something to read, and it is nothing, and stays so. A
// single look may fall between a byte's arrival and its count.
static bool has_ended(void) {
  for (int i = 0; i < 5; i++) {
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    int available = 0;
    if (poll(&input, 1, 2) <= 0 || ioctl(STDIN_FILENO, FIONREAD, &available) != 0 || available > 0)
      return false;
    struct timespec pause = {.tv_nsec = 2000000};
    nanosleep(&pause, NULL);
  }
  return true;
}

bool nc_wait(int milliseconds) {
  struct pollfd sources[2] = {
      {.fd = is_suspended ? -1 : STDIN_FILENO, .events = POLLIN},
      {.fd = signals_doorbell(), .events = POLLIN},
  };
  if (poll(sources, 2, milliseconds) <= 0) return false;
  if (sources[1].revents != 0) signals_clear_doorbell();
  if (sources[0].revents & (POLLHUP | POLLERR | POLLNVAL)) return true;
  return (sources[0].revents & POLLIN) != 0 && has_ended();
}
