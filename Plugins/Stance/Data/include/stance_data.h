#pragma once
#include "embedded_file.h"

embedded_file stance_predicates(void);
embedded_file stance_words(void);
