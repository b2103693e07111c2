// SPDX-License-Identifier: GPL-3.0-or-later
#include "tables.h"

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma,bmi2,avx512f,avx512dq,avx512vl,avx512bw"))), apply_to = function)
#define VM_TABLE vm_table_avx512
#define VM_NAME "avx512"
#define VM_WIDE_PRODUCTS
#include "kernels.h"
#pragma clang attribute pop
#endif
