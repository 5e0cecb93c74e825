#include "stance_data.h"
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char predicates[] = {
#embed "predicates.tsv"
};
static const unsigned char words[] = {
#embed "words.tsv"
};

EMBEDDED_FILE(stance_predicates, predicates)
EMBEDDED_FILE(stance_words, words)
