#pragma once

/// Names stage and document on standard error before a trap or a fault ends the process.
void crash_install(void);

/// What this thread works on. Both are copied, cut to what the buffers hold.
void crash_note_document(const char *id);
void crash_note_stage(const char *stage);
