// SPDX-License-Identifier: GPL-3.0-or-later
// One table for each instruction set this architecture may have.
#include "CVectorMath.h"

extern const vm_table vm_table_portable;  // on arm64 this is NEON
#if defined(__x86_64__)
extern const vm_table vm_table_avx2, vm_table_avx512;
#endif
