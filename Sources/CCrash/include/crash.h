#pragma once

/// Names stage and document on standard error before a trap or a fault ends the process.
void crash_install(void);

/// To be called once on each thread that works, so that running out of stack is told too.
void crash_prepare_thread(void);

/// What this thread works on. Both are copied, cut to what the buffers hold.
void crash_note(const char *stage, const char *document);
