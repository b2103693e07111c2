// SPDX-License-Identifier: GPL-3.0-or-later
#include "CVectorMath.h"

extern const vm_table vm_table_portable;
