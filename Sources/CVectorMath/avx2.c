// SPDX-License-Identifier: GPL-3.0-or-later
#include "tables.h"

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define VM_TABLE vm_table_avx2
#define VM_NAME "avx2"
#include "kernels.h"
#pragma clang attribute pop
#endif
