#include "entities_data.h"
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char actors[] = {
#embed "actors.tsv"
};
static const unsigned char actor_names[] = {
#embed "actor_names.tsv"
};
static const unsigned char persons[] = {
#embed "persons.tsv"
};
static const unsigned char forenames[] = {
#embed "forenames.txt"
};
static const unsigned char surnames[] = {
#embed "surnames.txt"
};
static const unsigned char roles[] = {
#embed "roles.tsv"
};
static const unsigned char org_heads[] = {
#embed "org_heads.txt"
};
static const unsigned char place_heads[] = {
#embed "place_heads.txt"
};
static const unsigned char cues[] = {
#embed "cues.tsv"
};

EMBEDDED_FILE(entities_actors, actors)
EMBEDDED_FILE(entities_actor_names, actor_names)
EMBEDDED_FILE(entities_persons, persons)
EMBEDDED_FILE(entities_forenames, forenames)
EMBEDDED_FILE(entities_surnames, surnames)
EMBEDDED_FILE(entities_roles, roles)
EMBEDDED_FILE(entities_org_heads, org_heads)
EMBEDDED_FILE(entities_place_heads, place_heads)
EMBEDDED_FILE(entities_cues, cues)
