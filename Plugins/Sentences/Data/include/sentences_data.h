#pragma once
#include "embedded_file.h"

embedded_file sentences_abbreviations(void);
embedded_file sentences_openers(void);
embedded_file sentences_followers(void);
embedded_file sentences_words(void);
