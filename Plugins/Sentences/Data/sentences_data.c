#include "sentences_data.h"
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char abbreviations[] = {
#embed "abbreviations.txt"
};
static const unsigned char openers[] = {
#embed "openers.txt"
};
static const unsigned char followers[] = {
#embed "followers.txt"
};
static const unsigned char words[] = {
#embed "words.txt"
};

EMBEDDED_FILE(sentences_abbreviations, abbreviations)
EMBEDDED_FILE(sentences_openers, openers)
EMBEDDED_FILE(sentences_followers, followers)
EMBEDDED_FILE(sentences_words, words)
