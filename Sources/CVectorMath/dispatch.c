// SPDX-License-Identifier: GPL-3.0-or-later
#include "simple.h"

#include <string.h>

const vm_table *vm_kernels(void) { return &vm_table_portable; }

const vm_table *vm_kernels_named(const char *name) {
    return strcmp(name, vm_table_portable.name) == 0 ? &vm_table_portable : NULL;
}
