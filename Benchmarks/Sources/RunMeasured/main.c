// Runs a program and reports its wall-clock time, its processor time and its peak memory:
// RunMeasured PROGRAM ARGUMENT...
//
// It is a small process of its own, because on Linux the peak of a process includes the memory of
// its parent, so a large parent would measure itself. The program's output is dropped. The answer
// is a line: seconds from start to end, processor seconds, the peak in bytes, and the exit status.
#ifdef __linux__
#define _GNU_SOURCE
#endif

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static double seconds_of(struct timeval time) {
  return (double)time.tv_sec + (double)time.tv_usec * 1e-6;
}

static int fail(const char *what, const char *name) {
  fprintf(stderr, "RunMeasured: %s %s: %s\n", what, name, strerror(errno));
  return EXIT_FAILURE;
}

int main(int count, char **arguments) {
  if (count < 2) {
    fprintf(stderr, "RunMeasured: name a program and its arguments\n");
    return EXIT_FAILURE;
  }
  int nowhere = open("/dev/null", O_RDWR);
  if (nowhere < 0) return fail("cannot open", "/dev/null");
  double start = now();
  pid_t child = fork();
  if (child < 0) return fail("cannot start", arguments[1]);
  if (child == 0) {
    dup2(nowhere, STDIN_FILENO);
    dup2(nowhere, STDOUT_FILENO);
    dup2(nowhere, STDERR_FILENO);
    execv(arguments[1], arguments + 1);
    _exit(127);
  }
  int status = 0;
  struct rusage usage;
  while (wait4(child, &status, 0, &usage) < 0)
    if (errno != EINTR) return fail("cannot wait for", arguments[1]);
  double seconds = now() - start;
#ifdef __APPLE__
  long long unit = 1;
#else
  long long unit = 1024;
#endif
  printf("%.9f %.6f %lld %d\n", seconds, seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime),
         (long long)usage.ru_maxrss * unit,
         WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
  return EXIT_SUCCESS;
}
