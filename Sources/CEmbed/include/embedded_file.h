#pragma once
#include <stddef.h>

/// A data file inside the executable: constant bytes that are read in place.
typedef struct {
  const void *bytes;
  size_t count;
} embedded_file;

/// Defines the function that hands over an array filled by `#embed`.
#define EMBEDDED_FILE(function, array) \
  embedded_file function(void) { \
    embedded_file file = {array, sizeof(array)}; \
    return file; \
  }
