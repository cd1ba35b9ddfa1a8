// Signals. Those of the terminal become flags and a byte in a pipe, so that the drawing thread can
// wait for them. Those of a crash give the terminal back and then take their usual course.
#define _GNU_SOURCE 1
#include "CNcurses.h"
#include "giveback.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum { GRACE_SECONDS = 2, ALTERNATE_STACK_BYTES = 128 * 1024 };

static const int noted_signals[] = {SIGTERM, SIGHUP, SIGQUIT, SIGINT, SIGTSTP, SIGCONT, SIGWINCH};
static const int crash_signals[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT};
enum {
  NOTED = sizeof noted_signals / sizeof noted_signals[0],
  CRASHES = sizeof crash_signals / sizeof crash_signals[0],
};

static struct sigaction noted_before[NOTED], crash_before[CRASHES];
static struct sigaction parking_before, alarm_before;
static atomic_bool pending[NOTED];
static atomic_int ending_signal;
static atomic_bool wake_pending;
static int doorbell[2] = {-1, -1};
static pthread_t drawing_thread;
static atomic_bool is_watching;
static atomic_bool is_leaving, is_parked, is_given_back;
static _Atomic(pthread_t) leaving_thread;
// Whether the environment sets the reporting of crashes (SWIFT_BACKTRACE).
static bool is_asked;

static void ring(void) {
  int saved_errno = errno;
  char byte = 0;
  // A full pipe wakes the reader as well: the flags hold the information.
  if (write(doorbell[1], &byte, 1) < 0) errno = saved_errno;
  errno = saved_errno;
}

// Sends a signal to this thread and lets it be handled at once, even within its own handler.
static void raise_now(int signal_number) {
  sigset_t only;
  sigemptyset(&only);
  sigaddset(&only, signal_number);
  raise(signal_number);
  pthread_sigmask(SIG_UNBLOCK, &only, NULL);
}

static void take_default(int signal_number) {
  struct sigaction standard = {.sa_handler = SIG_DFL};
  sigemptyset(&standard.sa_mask);
  sigaction(signal_number, &standard, NULL);
  raise_now(signal_number);
}

static bool is_drawing_thread(void) { return pthread_equal(pthread_self(), drawing_thread); }

// Waits until something has happened, a second at most.
static void await(atomic_bool *flag) {
  struct timespec millisecond = {.tv_nsec = 1000000};
  for (int i = 0; i < 1000 && !atomic_load(flag); i++) nanosleep(&millisecond, NULL);
}

// Gives the terminal back before the process ends. One thread does it, any other one waits, and the
// drawing thread must not write any more. Returns whether this thread did it.
static bool leave_terminal(void) {
  if (!atomic_exchange(&is_leaving, true)) {
    atomic_store(&leaving_thread, pthread_self());
    if (!is_drawing_thread()) {
      pthread_kill(drawing_thread, SIGUSR2);
      await(&is_parked);
    }
    giveback_now();
    atomic_store(&is_given_back, true);
    return true;
  }
  if (pthread_equal(atomic_load(&leaving_thread), pthread_self())) {
    giveback_now();
    return true;
  }
  if (is_drawing_thread()) atomic_store(&is_parked, true);
  await(&is_given_back);
  return false;
}

void signals_leave_at_exit(void) {
  if (atomic_load(&is_watching)) {
    leave_terminal();
  } else {
    giveback_now();
  }
}

_Noreturn void signals_end_by(int signal_number) {
  if (atomic_load(&is_watching)) leave_terminal();
  take_default(signal_number);
  _exit(128 + signal_number);
}

static bool is_ending(int signal_number) {
  return signal_number == SIGTERM || signal_number == SIGHUP || signal_number == SIGQUIT;
}

static void note(int signal_number) {
  for (int i = 0; i < NOTED; i++) {
    if (noted_signals[i] != signal_number) continue;
    bool was_pending = atomic_exchange(&pending[i], true);
    if (is_ending(signal_number)) {
      // The process was told twice, or did not end in time: end without asking the program.
      int none = 0;
      if (!atomic_compare_exchange_strong(&ending_signal, &none, signal_number)) {
        signals_end_by(signal_number);
      }
      alarm(GRACE_SECONDS);
    } else if (signal_number == SIGINT && was_pending) {
      signals_end_by(signal_number);
    }
  }
  ring();
}

static void grace_is_over(int signal_number) {
  int ending = atomic_load(&ending_signal);
  signals_end_by(ending != 0 ? ending : signal_number);
}

// Keeps the drawing thread here while another one gives the terminal back. Where no thread does,
// the signal came from outside and ends the process as usual.
static void park(int signal_number) {
  if (!atomic_load(&is_leaving)) signals_end_by(signal_number);
  if (!is_drawing_thread()) return;
  atomic_store(&is_parked, true);
  for (;;) pause();
}

static void crash(int signal_number, siginfo_t *cause, void *context) {
  (void)context;
  if (!leave_terminal()) {
    // Another thread's crash is being reported; the process ends after that.
    for (;;) pause();
  }
  // The crash report must not wait for a key, unless a person has set SWIFT_BACKTRACE.
  int nothing = is_asked ? -1 : open("/dev/null", O_RDONLY);
  if (nothing >= 0) dup2(nothing, STDIN_FILENO);
  for (int i = 0; i < CRASHES; i++) {
    if (crash_signals[i] == signal_number) sigaction(signal_number, &crash_before[i], NULL);
  }
  // A fault happens again when this handler returns, and the earlier action then gets its address.
  // Any other signal is sent once more. If the earlier action only reports it, it still ends the
  // process.
  bool is_fault = cause->si_code > 0 && signal_number != SIGABRT && signal_number != SIGTRAP;
  if (is_fault) return;
  raise_now(signal_number);
  take_default(signal_number);
}

static void handle(int signal_number, void (*handler)(int), int flags, struct sigaction *before) {
  struct sigaction action = {.sa_handler = handler, .sa_flags = flags};
  sigemptyset(&action.sa_mask);
  sigaction(signal_number, &action, before);
}

bool signals_watch(void) {
  if (doorbell[0] < 0 && pipe(doorbell) != 0) return false;
  for (int i = 0; i < 2; i++) {
    fcntl(doorbell[i], F_SETFL, fcntl(doorbell[i], F_GETFL) | O_NONBLOCK);
    fcntl(doorbell[i], F_SETFD, FD_CLOEXEC);
  }
  const char *setting = getenv("SWIFT_BACKTRACE");
  is_asked = setting != NULL && setting[0] != 0;
  drawing_thread = pthread_self();
  atomic_store(&is_leaving, false);
  atomic_store(&is_parked, false);
  atomic_store(&is_given_back, false);
  nc_prepare_thread();
  for (int i = 0; i < NOTED; i++) {
    atomic_store(&pending[i], false);
    handle(noted_signals[i], note, SA_ONSTACK | SA_RESTART, &noted_before[i]);
    // Signals that the parent process ignores stay ignored (nohup).
    if (noted_before[i].sa_handler == SIG_IGN && !(noted_before[i].sa_flags & SA_SIGINFO)) {
      sigaction(noted_signals[i], &noted_before[i], NULL);
    }
  }
  atomic_store(&ending_signal, 0);
  handle(SIGUSR2, park, SA_ONSTACK | SA_RESTART, &parking_before);
  handle(SIGALRM, grace_is_over, SA_ONSTACK, &alarm_before);
  struct sigaction action = {.sa_sigaction = crash, .sa_flags = SA_ONSTACK | SA_SIGINFO};
  sigemptyset(&action.sa_mask);
  for (int i = 0; i < CRASHES; i++) sigaction(crash_signals[i], &action, &crash_before[i]);
  outside_watch();
  atomic_store(&is_watching, true);
  return true;
}

void signals_unwatch(void) {
  if (!atomic_exchange(&is_watching, false)) return;
  outside_unwatch();
  for (int i = 0; i < CRASHES; i++) sigaction(crash_signals[i], &crash_before[i], NULL);
  sigaction(SIGUSR2, &parking_before, NULL);
  // The time limit continues to run for the work after the screen is closed.
  if (atomic_load(&ending_signal) == 0) sigaction(SIGALRM, &alarm_before, NULL);
  for (int i = 0; i < NOTED; i++) sigaction(noted_signals[i], &noted_before[i], NULL);
}

int signals_doorbell(void) { return doorbell[0]; }

void signals_clear_doorbell(void) {
  char bytes[64];
  while (read(doorbell[0], bytes, sizeof bytes) > 0) {
  }
}

void nc_wake(void) {
  if (!atomic_load(&is_watching)) return;
  if (!atomic_exchange(&wake_pending, true)) ring();
}

bool nc_take_wake(void) { return atomic_exchange(&wake_pending, false); }

int nc_take_signal(void) {
  for (int i = 0; i < NOTED; i++) {
    if (atomic_exchange(&pending[i], false)) return noted_signals[i];
  }
  return 0;
}

void nc_discard_signal(int signal_number) {
  for (int i = 0; i < NOTED; i++) {
    if (noted_signals[i] == signal_number) atomic_store(&pending[i], false);
  }
}

bool nc_is_ending(void) { return atomic_load(&ending_signal) != 0; }

bool nc_is_in_background(void) {
  pid_t owner = tcgetpgrp(STDIN_FILENO);
  return owner > 0 && owner != getpgrp();
}

bool nc_stop(int signal_number) {
  struct sigaction ours;
  struct sigaction standard = {.sa_handler = SIG_DFL};
  sigemptyset(&standard.sa_mask);
  nc_discard_signal(SIGCONT);
  sigaction(signal_number, &standard, &ours);
  raise(signal_number);
  sigaction(signal_number, &ours, NULL);
  // A process group that no shell controls is not stopped, since nothing would continue it.
  for (int i = 0; i < NOTED; i++) {
    if (noted_signals[i] == SIGCONT) return atomic_exchange(&pending[i], false);
  }
  return false;
}

_Noreturn void nc_die(int signal_number) {
  nc_close();
  signals_end_by(signal_number);
}

static pthread_key_t stack_key;
static pthread_once_t stack_key_once = PTHREAD_ONCE_INIT;

static void free_alternate_stack(void *memory) {
  stack_t none = {.ss_flags = SS_DISABLE};
  sigaltstack(&none, NULL);
  munmap(memory, ALTERNATE_STACK_BYTES);
}

static void make_stack_key(void) { pthread_key_create(&stack_key, free_alternate_stack); }

bool nc_prepare_thread(void) {
  stack_t present;
  if (sigaltstack(NULL, &present) == 0 && !(present.ss_flags & SS_DISABLE)) return true;
  void *memory = mmap(
      NULL, ALTERNATE_STACK_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return false;
  stack_t stack = {.ss_sp = memory, .ss_size = ALTERNATE_STACK_BYTES};
  if (sigaltstack(&stack, NULL) != 0) {
    munmap(memory, ALTERNATE_STACK_BYTES);
    return false;
  }
  pthread_once(&stack_key_once, make_stack_key);
  pthread_setspecific(stack_key, memory);
  return true;
}
