// A clock that jumps, laid over that of the C library: the seconds that it is off stand in a file
// that a drill writes to. Waits until a time of this clock end when this clock says so.
#define _GNU_SOURCE 1
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { SLICE_NANOSECONDS = 2000000, SECOND = 1000000000 };
// Deadlines of clocks that count from the start of the machine are below this.
static const time_t wall_begins = 1000000000;

static const volatile long *jump;

__attribute__((constructor)) static void map_file(void) {
  const char *path = getenv("DROPSCOPE_DRILL_CLOCK");
  int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
  if (file < 0) abort();
  void *page = mmap(NULL, sizeof *jump, PROT_READ, MAP_SHARED, file, 0);
  if (page == MAP_FAILED) abort();
  close(file);
  jump = page;
}

static void *next(const char *name) {
  void *found = dlsym(RTLD_NEXT, name);
  if (!found) abort();
  return found;
}

static int true_time(clockid_t clock, struct timespec *time) {
  static int (*real)(clockid_t, struct timespec *);
  if (!real) real = next("clock_gettime");
  return real(clock, time);
}

int clock_gettime(clockid_t clock, struct timespec *time) {
  int status = true_time(clock, time);
  bool is_wall = clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE;
  if (status == 0 && is_wall && jump) time->tv_sec += *jump;
  return status;
}

int gettimeofday(struct timeval *time, void *zone) {
  (void)zone;
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  *time = (struct timeval){.tv_sec = now.tv_sec, .tv_usec = now.tv_nsec / 1000};
  return 0;
}

time_t time(time_t *result) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (result) *result = now.tv_sec;
  return now.tv_sec;
}

static bool is_over(const struct timespec *deadline) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return now.tv_sec > deadline->tv_sec ||
         (now.tv_sec == deadline->tv_sec && now.tv_nsec >= deadline->tv_nsec);
}

static struct timespec in_a_moment(void) {
  struct timespec now;
  true_time(CLOCK_REALTIME, &now);
  now.tv_nsec += SLICE_NANOSECONDS;
  if (now.tv_nsec >= SECOND) {
    now.tv_nsec -= SECOND;
    now.tv_sec++;
  }
  return now;
}

int sem_timedwait(sem_t *semaphore, const struct timespec *deadline) {
  static int (*real)(sem_t *, const struct timespec *);
  if (!real) real = next("sem_timedwait");
  while (sem_trywait(semaphore) != 0) {
    if (is_over(deadline)) {
      errno = ETIMEDOUT;
      return -1;
    }
    struct timespec slice = in_a_moment();
    if (real(semaphore, &slice) == 0) return 0;
    if (errno != ETIMEDOUT) return -1;
  }
  return 0;
}

int pthread_cond_timedwait(pthread_cond_t *condition, pthread_mutex_t *mutex,
                           const struct timespec *deadline) {
  static int (*real)(pthread_cond_t *, pthread_mutex_t *, const struct timespec *);
  if (!real) real = next("pthread_cond_timedwait");
  if (deadline->tv_sec < wall_begins) return real(condition, mutex, deadline);
  if (is_over(deadline)) return ETIMEDOUT;
  struct timespec slice = in_a_moment();
  int status = real(condition, mutex, &slice);
  // A waiter must expect to be woken for nothing.
  return status == ETIMEDOUT && !is_over(deadline) ? 0 : status;
}
