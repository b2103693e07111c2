// SPDX-License-Identifier: GPL-3.0-or-later
// What every processor of the architecture can run. Without a fused multiply-add instruction
// (x86-64 before 2013) it calls the C library's fma: slow, but the same bits.
#include "tables.h"

#define VM_TABLE vm_table_portable
#if defined(__aarch64__)
#define VM_NAME "neon"
#else
#define VM_NAME "portable"
#endif
#include "kernels.h"
