#include <stdbool.h>

// Debian's libcld2, Google's Compact Language Detector 2, is C++; this is the one call of it that we make.

#ifdef __cplusplus
extern "C" {
#endif

struct cld2_guess {
  /// As in ISO 639-1, with a script where there are two: "ru", "zh-Hant". Never null; "un" for none.
  const char *language;
  /// Of the letters, how many are in this language.
  int percent;
  /// Whether it is far more probable than the next one.
  bool is_reliable;
};

/// The language of plain text in valid UTF-8. Safe on any thread.
struct cld2_guess cld2_detect(const char *text, int length);

#ifdef __cplusplus
}
#endif
