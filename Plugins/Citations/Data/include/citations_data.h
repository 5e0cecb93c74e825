#pragma once
#include "embedded_file.h"

embedded_file citations_sources(void);
embedded_file citations_renames(void);
embedded_file citations_places(void);
