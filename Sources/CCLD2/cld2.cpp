#include "CCLD2.h"

#include <cstdio>  // compact_lang_det.h uses FILE without including it.

#include <cld2/public/compact_lang_det.h>

struct cld2_guess cld2_detect(const char *text, int length) {
  CLD2::Language languages[3];
  int percents[3], letters;
  double scores[3];
  bool is_reliable;
  CLD2::Language best = CLD2::ExtDetectLanguageSummary(
      text, length, true, nullptr, 0, CLD2::UNKNOWN_LANGUAGE, languages, percents, scores, &letters, &is_reliable);
  return {CLD2::LanguageCode(best), best == languages[0] ? percents[0] : 0, is_reliable};
}
