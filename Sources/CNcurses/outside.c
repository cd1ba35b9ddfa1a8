// Signals from outside that nobody waits for and that would end the process, such as `kill -USR1`
// or a limit of processor time. The terminal is given back first; then the signal takes its course.
#define _GNU_SOURCE 1
#include "giveback.h"

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

#ifdef NSIG
enum { SIGNALS = NSIG };
#else
enum { SIGNALS = 65 };
#endif

static struct sigaction before[SIGNALS];
static bool is_watched[SIGNALS];

// Whether a signal does not end a process, cannot be caught, or is watched elsewhere (signals.c).
static bool is_left_alone(int signal_number) {
  static const int others[] = {
      SIGKILL, SIGSTOP, SIGCHLD, SIGURG, SIGTTIN, SIGTTOU,
      SIGTERM, SIGHUP, SIGQUIT, SIGINT, SIGTSTP, SIGCONT, SIGWINCH, SIGUSR2, SIGALRM,
      SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT,
#ifdef __APPLE__
      SIGINFO, SIGIO,
#endif
  };
  for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
    if (others[i] == signal_number) return true;
  return false;
}

static bool is_default(const struct sigaction *action) {
  return !(action->sa_flags & SA_SIGINFO) && action->sa_handler == SIG_DFL;
}

static void end(int signal_number) { signals_end_by(signal_number); }

void outside_watch(void) {
  struct sigaction action = {.sa_handler = end, .sa_flags = SA_ONSTACK};
  sigemptyset(&action.sa_mask);
  for (int number = 1; number < SIGNALS; number++) {
    // Signals that somebody handles or has switched off stay as they are. The C library keeps some
    // numbers for itself.
    is_watched[number] = !is_left_alone(number) && sigaction(number, NULL, &before[number]) == 0 &&
                         is_default(&before[number]) && sigaction(number, &action, NULL) == 0;
  }
}

void outside_unwatch(void) {
  for (int number = 1; number < SIGNALS; number++) {
    if (is_watched[number]) sigaction(number, &before[number], NULL);
    is_watched[number] = false;
  }
}
