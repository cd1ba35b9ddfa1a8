// The bytes that give the terminal back, from the terminal's description. This is a file of its
// own, since <term.h> turns common words into macros.
#define _XOPEN_SOURCE_EXTENDED 1
#define NCURSES_NOMACROS 1
#include "CNcurses.h"
#include "giveback.h"

#include <curses.h>
#include <string.h>
#include <term.h>
#include <unistd.h>

// Appends a capability without its padding (`$<5>`), or nothing if the terminal lacks it.
static size_t append(char *bytes, size_t count, size_t capacity, const char *text) {
  if (text == NULL || text == (const char *)-1) return count;
  while (*text != 0 && count < capacity) {
    if (text[0] == '$' && text[1] == '<') {
      const char *end = strchr(text, '>');
      if (end != NULL) {
        text = end + 1;
        continue;
      }
    }
    bytes[count++] = *text++;
  }
  return count;
}

size_t collect_restoring_bytes(char *bytes, size_t capacity, bool with_mouse) {
  size_t count = 0;
  if (with_mouse) {
    count = append(
        bytes, count, capacity, "\033[?1006l\033[?1003l\033[?1002l\033[?1000l");
  }
  count = append(bytes, count, capacity, "\033[?2004l");
  const char *names[] = {"sgr0", "op", "rmkx", "rmcup", "cnorm"};
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
    count = append(bytes, count, capacity, tigetstr(names[i]));
  }
  // Without an alternate screen, later output begins on a line of its own.
  const char *leave = tigetstr("rmcup");
  if (leave == NULL || leave == (const char *)-1) count = append(bytes, count, capacity, "\r\n");
  return count;
}

bool nc_can_draw(void) {
  int outcome;
  // nc_open reports an unknown terminal type.
  if (setupterm(NULL, STDOUT_FILENO, &outcome) != OK) return true;
  const char *move = tigetstr("cup");
  bool can = move != NULL && move != (const char *)-1 && strncmp(move, "\033[", 2) == 0;
  del_curterm(cur_term);
  return can;
}
