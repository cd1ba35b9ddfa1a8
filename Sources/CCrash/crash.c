// The time between a fault and the end of the process. The handlers may call only functions that
// are safe in a signal handler, so everything else is prepared beforehand.
#define _GNU_SOURCE 1
#include "CCrash.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { TEXT_BYTES = 1024, STACK_BYTES = 128 * 1024 };

typedef struct fault {
  int number;
  const char *name;
  struct sigaction before;
} fault;

static fault faults[] = {
    {.number = SIGILL, .name = "illegal instruction or failed check (SIGILL)"},
    {.number = SIGTRAP, .name = "failed check (SIGTRAP)"},
    {.number = SIGABRT, .name = "abort (SIGABRT)"},
    {.number = SIGBUS, .name = "bad access to memory (SIGBUS)"},
    {.number = SIGFPE, .name = "bad arithmetic (SIGFPE)"},
    {.number = SIGSEGV, .name = "bad access to memory (SIGSEGV)"},
};
enum { FAULTS = sizeof faults / sizeof faults[0] };

static char words[TEXT_BYTES];
static atomic_bool is_crashing;

static void say(const char *text, size_t count) {
  while (count > 0) {
    ssize_t written = write(STDERR_FILENO, text, count);
    if (written <= 0) return;
    text += written;
    count -= (size_t)written;
  }
}

static void say_last_words(const char *name) {
  const char *place = strchr(words, '%');
  size_t before = place ? (size_t)(place - words) : strlen(words);
  say(words, before);
  if (!place) return;
  say(name, strlen(name));
  say(place + 1, strlen(place + 1));
}

static void end_by(int number) {
  struct sigaction standard = {.sa_handler = SIG_DFL};
  sigemptyset(&standard.sa_mask);
  sigaction(number, &standard, NULL);
  raise(number);
  sigset_t only;
  sigemptyset(&only);
  sigaddset(&only, number);
  sigprocmask(SIG_UNBLOCK, &only, NULL);
  _exit(128 + number);
}

static void crash(int number, siginfo_t *cause, void *context) {
  // Another thread's crash is being reported; the process ends after that.
  if (atomic_exchange(&is_crashing, true)) {
    for (;;) pause();
  }
  const fault *found = &faults[0];
  for (int i = 0; i < FAULTS; i++)
    if (faults[i].number == number) found = &faults[i];
  // The backtracer, or the report of a sanitizer: it gets the original fault, and returns.
  const struct sigaction *before = &found->before;
  if (before->sa_flags & SA_SIGINFO) {
    before->sa_sigaction(number, cause, context);
  } else if (before->sa_handler != SIG_DFL && before->sa_handler != SIG_IGN) {
    before->sa_handler(number);
  }
  say_last_words(found->name);
  end_by(number);
}

static void give_this_thread_a_stack(void) {
  stack_t present;
  if (sigaltstack(NULL, &present) == 0 && !(present.ss_flags & SS_DISABLE)) return;
  void *memory =
      mmap(NULL, STACK_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return;
  stack_t stack = {.ss_sp = memory, .ss_size = STACK_BYTES};
  if (sigaltstack(&stack, NULL) != 0) munmap(memory, STACK_BYTES);
}

static const char setting_name[] = "SWIFT_BACKTRACE", quiet[] = "interactive=no";

void crash_keep_from_asking(char *const arguments[]) {
  const char *setting = getenv(setting_name);
  if (setting != NULL) {
    // Other programs must not inherit a setting of this function.
    if (strcmp(setting, quiet) == 0) unsetenv(setting_name);
    return;
  }
#ifdef __linux__
  if (!isatty(STDIN_FILENO) || setenv(setting_name, quiet, 1) != 0) return;
  execv("/proc/self/exe", arguments);
  unsetenv(setting_name);
#else
  (void)arguments;
#endif
}

void crash_watch(const char *text) {
  strncpy(words, text, sizeof words - 1);
  give_this_thread_a_stack();
  struct sigaction action = {.sa_sigaction = crash,
                             .sa_flags = SA_ONSTACK | SA_SIGINFO | SA_NODEFER};
  sigemptyset(&action.sa_mask);
  // The parent may have had these signals blocked, and new threads inherit the mask of this one.
  sigset_t faulty;
  sigemptyset(&faulty);
  for (int i = 0; i < FAULTS; i++) {
    sigaction(faults[i].number, &action, &faults[i].before);
    sigaddset(&faulty, faults[i].number);
  }
  sigaddset(&faulty, SIGQUIT);
  pthread_sigmask(SIG_UNBLOCK, &faulty, NULL);
  // The backtracer takes SIGQUIT for a crash, and the program goes on after it. A person means the
  // end; whoever had it ignored from the start is left alone.
  struct sigaction quit;
  if (sigaction(SIGQUIT, NULL, &quit) == 0 && (quit.sa_flags & SA_SIGINFO)) {
    quit = (struct sigaction){.sa_handler = SIG_DFL};
    sigemptyset(&quit.sa_mask);
    sigaction(SIGQUIT, &quit, NULL);
  }
}
