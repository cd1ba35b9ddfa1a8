// The screen: ncurses behind functions of our own.
#define _XOPEN_SOURCE_EXTENDED 1
#define NCURSES_NOMACROS 1
#define _GNU_SOURCE 1
#include "CNcurses.h"
#include "giveback.h"

#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
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

static void set_up(bool mouse) {
  cbreak();
  noecho();
  nonl();
  intrflush(stdscr, FALSE);
  keypad(stdscr, TRUE);
  nodelay(stdscr, TRUE);
  leaveok(stdscr, TRUE);
  scrollok(stdscr, FALSE);
  set_escdelay(25);
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
  // Ctrl-S and Ctrl-Q are keys; they must not freeze the screen.
  struct termios modes;
  if (tcgetattr(STDIN_FILENO, &modes) == 0) {
    modes.c_iflag &= ~(tcflag_t)IXON;
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

static struct nc_event read_mouse(void) {
  struct nc_event event = {.kind = NC_NOTHING};
  MEVENT mouse;
  if (getmouse(&mouse) != OK) return event;
  event.x = mouse.x;
  event.y = mouse.y;
  event.kind = NC_MOUSE;
  if (mouse.bstate & BUTTON4_PRESSED) {
    event.value = NC_WHEEL_UP;
  } else if (mouse.bstate & BUTTON5_PRESSED) {
    event.value = NC_WHEEL_DOWN;
  } else if (mouse.bstate & (BUTTON1_PRESSED | BUTTON2_PRESSED | BUTTON3_PRESSED)) {
    event.value = NC_PRESS;
    event.button = mouse.bstate & BUTTON1_PRESSED ? 1 : mouse.bstate & BUTTON2_PRESSED ? 2 : 3;
  } else if (mouse.bstate & BUTTON1_RELEASED) {
    event.value = NC_RELEASE;
    event.button = 1;
  } else {
    event.kind = NC_NOTHING;
  }
  return event;
}

static struct nc_event read_key(wint_t code) {
  struct nc_event event = {.kind = NC_KEY};
  switch (code) {
    case KEY_UP: event.value = NC_UP; break;
    case KEY_DOWN: event.value = NC_DOWN; break;
    case KEY_LEFT: event.value = NC_LEFT; break;
    case KEY_RIGHT: event.value = NC_RIGHT; break;
    case KEY_ENTER: event.value = NC_ENTER; break;
    case KEY_BTAB: event.value = NC_BACKTAB; break;
    case KEY_BACKSPACE: event.value = NC_BACKSPACE; break;
    case KEY_DC: event.value = NC_DELETE; break;
    case KEY_HOME:
    case KEY_A1:
    case KEY_FIND: event.value = NC_HOME; break;
    case KEY_END:
    case KEY_C1:
    case KEY_SELECT: event.value = NC_END; break;
    case KEY_PPAGE:
    case KEY_A3: event.value = NC_PAGE_UP; break;
    case KEY_NPAGE:
    case KEY_C3: event.value = NC_PAGE_DOWN; break;
    case KEY_RESIZE: event.kind = NC_RESIZED; break;
    case KEY_MOUSE: return read_mouse();
    default:
      if (code > KEY_F0 && code <= KEY_F0 + 63) {
        event.kind = NC_FUNCTION;
        event.value = (int32_t)(code - KEY_F0);
      } else {
        event.kind = NC_NOTHING;
      }
  }
  return event;
}

struct nc_event nc_read(void) {
  struct nc_event event = {.kind = NC_NOTHING};
  if (is_suspended) return event;
  // Keys without a meaning here are skipped.
  for (int i = 0; i < 64 && event.kind == NC_NOTHING; i++) {
    wint_t code = 0;
    int result = get_wch(&code);
    if (result == ERR) break;
    if (result == KEY_CODE_YES) {
      event = read_key(code);
    } else {
      event.kind = NC_CHARACTER;
      event.value = (int32_t)code;
    }
  }
  return event;
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
