#pragma once
#include "embedded_file.h"

embedded_file entities_actors(void);
embedded_file entities_actor_names(void);
embedded_file entities_persons(void);
embedded_file entities_forenames(void);
embedded_file entities_surnames(void);
embedded_file entities_roles(void);
embedded_file entities_org_heads(void);
embedded_file entities_place_heads(void);
embedded_file entities_cues(void);
