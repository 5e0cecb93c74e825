#include "sentences_data.h"
#pragma clang diagnostic ignored "-Wc23-extensions"

// A language is the files of its folder, one behind the other.
static const unsigned char en[] = {
#embed "en/rules.txt"
  ,
#embed "en/abbreviations.txt"
  ,
#embed "en/openers.txt"
  ,
#embed "en/followers.txt"
  ,
#embed "en/words.txt"
};
static const unsigned char ru[] = {
#embed "ru/rules.txt"
  ,
#embed "ru/abbreviations.txt"
  ,
#embed "ru/openers.txt"
  ,
#embed "ru/words.txt"
};

EMBEDDED_FILE(sentences_en, en)
EMBEDDED_FILE(sentences_ru, ru)
