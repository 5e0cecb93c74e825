// Starts a program as the leader of a process group of its own, with pipes at its standard streams.
#ifndef SPAWN_GROUP_H
#define SPAWN_GROUP_H

#include <sys/types.h>

struct spawned {
  pid_t pid;
  int input;   // our end of its standard input, non-blocking, closed on exec
  int output;  // our end of its standard output, likewise
  int errors;  // our end of its standard error, likewise
};

enum spawn_step { SPAWN_PREPARE, SPAWN_DIRECTORY, SPAWN_COMMAND };

// Runs arguments[0], looked up in PATH, with the given environment and working directory. Both lists end with
// NULL. The program is killed when this process ends, however it ends.
// Returns 0 or the error number; step then says what failed.
int spawn_group(char *const arguments[], char *const environment[], const char *directory, struct spawned *result,
                enum spawn_step *step);

// This process's environment.
char **spawn_environment(void);

// Whether the program has ended; it stays a zombie, so that its number and its group's stay ours.
int spawn_has_ended(pid_t pid);

// Kills what is left of the group, waits for its leader and gives its status. Without an error.
int spawn_reap(pid_t pid);

// Whether a status of spawn_reap means an exit, and its exit status or the signal's number.
int spawn_exited(int status);
int spawn_code(int status);

// A signal's description, or NULL.
const char *spawn_signal_name(int number);

#endif
