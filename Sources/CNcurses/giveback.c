// Gives the terminal back from places where no function of ncurses may be called: signal handlers
// and the end of the process. Everything needed is prepared beforehand.
#define _GNU_SOURCE 1
#include "giveback.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

static char restoring_bytes[1024];
static size_t restoring_count;
static struct termios restoring_modes;
static atomic_bool is_ours;

enum { KEPT_BACK_BYTES = 64 * 1024 };

// The terminal's own standard error, and the file that replaces it; -1 while there is none.
static atomic_int standard_error = -1;
static int kept_back = -1;

void giveback_prepare(const struct termios *modes, bool with_mouse) {
  restoring_count = collect_restoring_bytes(restoring_bytes, sizeof restoring_bytes, with_mouse);
  restoring_modes = *modes;
}

static void hold_standard_error(void) {
  if (!isatty(STDERR_FILENO)) return;
#ifdef __linux__
  kept_back = memfd_create("stderr", MFD_CLOEXEC);
#else
  FILE *file = tmpfile();
  kept_back = file == NULL ? -1 : dup(fileno(file));
  if (file != NULL) fclose(file);
#endif
  if (kept_back < 0) return;
  int own = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  if (own < 0 || dup2(kept_back, STDERR_FILENO) < 0) {
    if (own >= 0) close(own);
    close(kept_back);
    kept_back = -1;
    return;
  }
  atomic_store(&standard_error, own);
}

// Safe in a signal handler, as is everything below: only system calls.
static bool write_all(int file, const char *bytes, size_t count) {
  size_t done = 0;
  while (done < count) {
    ssize_t written = write(file, bytes + done, count - done);
    if (written > 0) {
      done += (size_t)written;
    } else if (written < 0 && errno != EINTR) {
      return false;
    }
  }
  return true;
}

static void release_standard_error(void) {
  int own = atomic_exchange(&standard_error, -1);
  if (own < 0) return;
  dup2(own, STDERR_FILENO);
  close(own);
  off_t length = lseek(kept_back, 0, SEEK_END);
  off_t start = length > KEPT_BACK_BYTES ? length - KEPT_BACK_BYTES : 0;
  char bytes[512];
  ssize_t count;
  while ((count = pread(kept_back, bytes, sizeof bytes, start)) > 0) {
    if (!write_all(STDERR_FILENO, bytes, (size_t)count)) break;
    start += count;
  }
  close(kept_back);
  kept_back = -1;
}

void giveback_begin(void) {
  hold_standard_error();
  atomic_store(&is_ours, true);
}

void giveback_end(void) {
  atomic_store(&is_ours, false);
  release_standard_error();
}

bool giveback_is_ours(void) { return atomic_load(&is_ours); }

void giveback_now(void) {
  if (!atomic_exchange(&is_ours, false)) return;
  int saved_errno = errno;
  // A write from the background would stop the process.
  sigset_t output_stop, before;
  sigemptyset(&output_stop);
  sigaddset(&output_stop, SIGTTOU);
  pthread_sigmask(SIG_BLOCK, &output_stop, &before);
  write_all(STDOUT_FILENO, restoring_bytes, restoring_count);
  tcsetattr(STDIN_FILENO, TCSANOW, &restoring_modes);
  release_standard_error();
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  errno = saved_errno;
}
