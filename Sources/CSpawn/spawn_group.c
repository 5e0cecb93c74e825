// posix_spawn can't ask the kernel to kill the child when we die (PR_SET_PDEATHSIG), hence a fork of our own.
// The kernel sends that signal when the *thread* that forked ends, not the process, so all forks happen on one
// thread that never ends. Between fork and exec only async-signal-safe functions are called.
#define _GNU_SOURCE
#include "spawn_group.h"

#include "guard.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

// Room in each pipe: a few documents, so that either side can work while the other does. The kernel's own is
// 64 KiB, and it may refuse more.
enum { PIPE_ROOM = 256 * 1024 };

// Above the standard streams, so that moving a pipe onto one of them never overwrites another pipe.
enum { LOWEST_PIPE = 10 };

struct failure {
  enum spawn_step step;
  int error;
};

struct request {
  char *const *arguments;
  char *const *environment;
  const char *directory;
  struct spawned *result;
  struct failure failure;
  int is_done;
};

static int make_pipe(int ends[2]) {
  int low[2];
  if (pipe2(low, O_CLOEXEC) != 0) return errno;
  int error = 0;
  for (int i = 0; i < 2; i++) {
    ends[i] = fcntl(low[i], F_DUPFD_CLOEXEC, LOWEST_PIPE);
    if (ends[i] < 0) error = errno;
    close(low[i]);
  }
  if (error != 0) {
    for (int i = 0; i < 2; i++)
      if (ends[i] >= 0) close(ends[i]);
  }
  return error;
}

static void fail(int report, enum spawn_step step) {
  struct failure failure = {step, errno};
  ssize_t written = write(report, &failure, sizeof failure);
  (void)written;
  _exit(127);
}

static void become(const struct request *request, int pipes[4][2], pid_t parent) {
  int report = pipes[3][1];
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(127);  // it ended before we could ask
  struct sigaction standard;
  memset(&standard, 0, sizeof standard);
  standard.sa_handler = SIG_DFL;
  for (int number = 1; number < NSIG; number++) sigaction(number, &standard, NULL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  if (dup2(pipes[0][0], 0) < 0 || dup2(pipes[1][1], 1) < 0 || dup2(pipes[2][1], 2) < 0) fail(report, SPAWN_PREPARE);
  // Whatever else is open without close-on-exec is none of the program's business. Old kernels refuse: then it stays.
  close_range(3, (unsigned)report - 1, 0);
  close_range((unsigned)report + 1, ~0U, 0);
  if (chdir(request->directory) != 0) fail(report, SPAWN_DIRECTORY);
  execvpe(request->arguments[0], request->arguments, request->environment);
  fail(report, SPAWN_COMMAND);
}

static void close_all(int pipes[4][2], int count) {
  for (int i = 0; i < count; i++) {
    close(pipes[i][0]);
    close(pipes[i][1]);
  }
}

static void keep(int descriptor) {
  fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK);
  fcntl(descriptor, F_SETPIPE_SZ, PIPE_ROOM);
}

// Reads what the child reports; nothing where exec succeeded and closed the pipe.
static struct failure heard(int report) {
  struct failure failure = {SPAWN_PREPARE, 0};
  ssize_t count;
  do count = read(report, &failure, sizeof failure);
  while (count < 0 && errno == EINTR);
  if (count != sizeof failure) failure.error = 0;
  return failure;
}

static void serve(struct request *request) {
  int pipes[4][2];
  for (int i = 0; i < 4; i++) {
    int error = make_pipe(pipes[i]);
    if (error != 0) {
      close_all(pipes, i);
      request->failure = (struct failure){SPAWN_PREPARE, error};
      return;
    }
  }
  pid_t parent = getpid();
  pid_t child = fork();
  if (child == 0) become(request, pipes, parent);
  if (child < 0) {
    request->failure = (struct failure){SPAWN_PREPARE, errno};
    close_all(pipes, 4);
    return;
  }
  setpgid(child, child);  // the child does it too: whoever comes first
  close(pipes[0][0]);
  close(pipes[1][1]);
  close(pipes[2][1]);
  close(pipes[3][1]);
  request->failure = heard(pipes[3][0]);
  close(pipes[3][0]);
  if (request->failure.error != 0) {
    close(pipes[0][1]);
    close(pipes[1][0]);
    close(pipes[2][0]);
    waitpid(child, NULL, 0);
    return;
  }
  guard_add(child);
  *request->result = (struct spawned){child, pipes[0][1], pipes[1][0], pipes[2][0]};
  keep(pipes[0][1]);
  keep(pipes[1][0]);
  keep(pipes[2][0]);
}

static pthread_mutex_t door = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t news = PTHREAD_COND_INITIALIZER;
static struct request *waiting;
static int is_running;

static void *work(void *unused) {
  (void)unused;
  guard_start();
  pthread_mutex_lock(&door);
  for (;;) {
    while (waiting == NULL) pthread_cond_wait(&news, &door);
    struct request *request = waiting;
    pthread_mutex_unlock(&door);
    serve(request);
    pthread_mutex_lock(&door);
    request->is_done = 1;
    waiting = NULL;
    pthread_cond_broadcast(&news);
  }
  return NULL;
}

// Signals meant for the process are for other threads to take.
static int start_thread(void) {
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pthread_t thread;
  int error = pthread_create(&thread, NULL, work, NULL);
  if (error == 0) pthread_detach(thread);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return error;
}

int spawn_group(char *const arguments[], char *const environment[], const char *directory, struct spawned *result,
                enum spawn_step *step) {
  struct request request = {arguments, environment, directory, result, {SPAWN_PREPARE, 0}, 0};
  pthread_mutex_lock(&door);
  if (!is_running) {
    int error = start_thread();
    if (error != 0) {
      pthread_mutex_unlock(&door);
      *step = SPAWN_PREPARE;
      return error;
    }
    is_running = 1;
  }
  while (waiting != NULL) pthread_cond_wait(&news, &door);
  waiting = &request;
  pthread_cond_broadcast(&news);
  while (!request.is_done) pthread_cond_wait(&news, &door);
  pthread_mutex_unlock(&door);
  *step = request.failure.step;
  return request.failure.error;
}

char **spawn_environment(void) { return environ; }

int spawn_has_ended(pid_t pid) {
  siginfo_t info;
  memset(&info, 0, sizeof info);
  return waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == pid;
}

int spawn_reap(pid_t pid) {
  // The leader is not reaped yet, so that the group's number can't belong to anybody else.
  kill(-pid, SIGKILL);
  guard_remove(pid);
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {}
  return status;
}

int spawn_exited(int status) { return WIFEXITED(status); }
int spawn_code(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status); }
const char *spawn_signal_name(int number) { return sigdescr_np(number); }
