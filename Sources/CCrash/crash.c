// A trap can't be caught, but the person at the terminal can be told which document to take out. The
// handler may do nothing that allocates or locks, so each thread keeps its notes in buffers of its own.
#include "crash.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

static _Thread_local char document[512];
static _Thread_local char stage[64];

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
    sigaction(numbers[i], &action, 0);
  }
}

void crash_note_document(const char *id) {
  strncpy(document, id, sizeof document - 1);
  stage[0] = 0;
}

void crash_note_stage(const char *name) { strncpy(stage, name, sizeof stage - 1); }
