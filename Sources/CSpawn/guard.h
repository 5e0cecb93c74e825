// Kills the groups that still run when this process has ended. Without a guard these functions do nothing.
#ifndef GUARD_H
#define GUARD_H

#include <sys/types.h>

// Called once, before the first group, from the thread that forks.
void guard_start(void);
void guard_add(pid_t group);
// Called before the group's number can become somebody else's.
void guard_remove(pid_t group);

#endif
