#pragma once
#include "embedded_file.h"

embedded_file sentences_en(void);
embedded_file sentences_ru(void);
