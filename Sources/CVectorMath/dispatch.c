// SPDX-License-Identifier: GPL-3.0-or-later
#include "CVectorMath.h"

const char *vm_instruction_set(void) { return "portable"; }
