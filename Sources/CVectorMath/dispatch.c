// SPDX-License-Identifier: GPL-3.0-or-later
#include "tables.h"

#include <stdatomic.h>
#include <string.h>

#if defined(__x86_64__)
static int hasAVX2(void) { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }
static int hasAVX512(void) {
    return hasAVX2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq")
        && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw")
        && __builtin_cpu_supports("bmi2");
}
#endif

static const vm_table *best(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (hasAVX512()) return &vm_table_avx512;
    if (hasAVX2()) return &vm_table_avx2;
#endif
    return &vm_table_portable;
}

const vm_table *vm_kernels(void) {
    static _Atomic(const vm_table *) chosen;  // every thread that comes first finds the same
    const vm_table *table = atomic_load_explicit(&chosen, memory_order_relaxed);
    if (!table) {
        table = best();
        atomic_store_explicit(&chosen, table, memory_order_relaxed);
    }
    return table;
}

const vm_table *vm_kernels_named(const char *name) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (strcmp(name, vm_table_avx512.name) == 0) return hasAVX512() ? &vm_table_avx512 : NULL;
    if (strcmp(name, vm_table_avx2.name) == 0) return hasAVX2() ? &vm_table_avx2 : NULL;
#endif
    return strcmp(name, vm_table_portable.name) == 0 ? &vm_table_portable : NULL;
}
