#include "citations_data.h"
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char sources[] = {
#embed "sources.tsv"
};
static const unsigned char renames[] = {
#embed "renames.tsv"
};
static const unsigned char places[] = {
#embed "places.txt"
};

EMBEDDED_FILE(citations_sources, sources)
EMBEDDED_FILE(citations_renames, renames)
EMBEDDED_FILE(citations_places, places)
