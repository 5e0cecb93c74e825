// A trap can't be caught, but the person at the terminal can be told which document to take out. The
// handler may do nothing that allocates or locks, so each thread keeps its notes in buffers of its own.
#include "crash.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

static _Thread_local char document[512];
static _Thread_local char stage[64];
// Recursion without end leaves no stack for a handler, which therefore has one of its own.
static _Thread_local char stack[32 * 1024];

static void put(const char *text) {
  ssize_t written = write(STDERR_FILENO, text, strlen(text));
  (void)written;
}

static void handle(int number) {
  if (document[0] != 0) {
    put("pipeline: stage ");
    put(stage[0] != 0 ? stage : "(none)");
    put(" ended the process while it worked on document ");
    put(document);
    put("\npipeline: leave the document out (read has \"exclude\"), and report it to the stage's author\n");
  }
  signal(number, SIG_DFL);
  raise(number);
}

void crash_install(void) {
  const int numbers[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT};
  for (unsigned i = 0; i < sizeof numbers / sizeof *numbers; i++) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handle;
    action.sa_flags = SA_ONSTACK;
    sigaction(numbers[i], &action, 0);
  }
}

void crash_prepare_thread(void) {
  // A sanitizer has brought one along, and takes back what it finds.
  stack_t present;
  if (sigaltstack(0, &present) != 0 || !(present.ss_flags & SS_DISABLE)) return;
  stack_t own = {.ss_sp = stack, .ss_size = sizeof stack};
  sigaltstack(&own, 0);
}

/// An identifier may hold control characters, which must not steer the terminal.
static void copy(char *to, size_t size, const char *from) {
  size_t i = 0;
  for (; i + 1 < size && from[i] != 0; i++) to[i] = (unsigned char)from[i] < 32 || from[i] == 127 ? '?' : from[i];
  to[i] = 0;
}

void crash_note(const char *name, const char *id) {
  copy(stage, sizeof stage, name);
  copy(document, sizeof document, id);
}
