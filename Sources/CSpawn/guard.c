// PR_SET_PDEATHSIG reaches a program but not what it started, and a wrapper such as `uv run` or `sh -c` starts the
// real program. So one small shell for the whole process keeps a list of the groups that run, and waits on a socket.
// When this process ends, however it ends, the socket closes, and the shell kills what is still on the list.
// It is a shell and not a fork of ours that stays, since that would hold on to a copy of our memory.
#define _GNU_SOURCE
#include "guard.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

static const char script[] =
    "while read -r sign group; do\n"
    "  case $sign in\n"
    "  +) groups=\"$groups $group \" ;;\n"
    "  -) groups=\"${groups%% $group *} ${groups#* $group }\" ;;\n"
    "  esac\n"
    "done\n"
    "for group in $groups; do kill -s KILL -- -$group; done\n";

static int line = -1;  // our end of the socket; -1 while there is no guard

static void become_guard(int input) {
  setsid();  // Ctrl-C at the terminal is not meant for it
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  const int ignored[] = {SIGHUP, SIGINT, SIGTERM, SIGQUIT};
  for (unsigned i = 0; i < sizeof ignored / sizeof *ignored; i++) signal(ignored[i], SIG_IGN);
  int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
  if (dup2(input, 0) < 0 || dup2(nothing, 1) < 0 || dup2(nothing, 2) < 0) _exit(127);
  close_range(3, ~0U, 0);
  execl("/bin/sh", "sh", "-c", script, "pipeline-guard", (char *)NULL);
  _exit(127);
}

void guard_start(void) {
  int low[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, low) != 0) return;
  // The guard's end must not be one of the streams that it is moved onto.
  int ends[2] = {fcntl(low[0], F_DUPFD_CLOEXEC, 10), fcntl(low[1], F_DUPFD_CLOEXEC, 10)};
  close(low[0]);
  close(low[1]);
  pid_t child = ends[0] >= 0 && ends[1] >= 0 ? fork() : -1;
  if (child == 0) become_guard(ends[1]);
  if (ends[1] >= 0) close(ends[1]);
  if (child > 0) {
    line = ends[0];
  } else if (ends[0] >= 0) {
    close(ends[0]);
  }
}

// Lines are short, so that each goes out whole, whichever thread sends it. Never waits: a guard that is gone or
// does not read costs only the guarding.
static void tell(char sign, pid_t group) {
  char text[32];
  int count = snprintf(text, sizeof text, "%c %d\n", sign, (int)group);
  if (line >= 0) send(line, text, (size_t)count, MSG_NOSIGNAL | MSG_DONTWAIT);
}

void guard_add(pid_t group) { tell('+', group); }
void guard_remove(pid_t group) { tell('-', group); }
