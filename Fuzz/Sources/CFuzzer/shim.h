// SPDX-License-Identifier: GPL-3.0-or-later
// What libFuzzer offers to programs that have a main function of their own.

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerRunDriver(
    int *argumentCount, char ***arguments, int (*test)(const uint8_t *bytes, size_t count));
size_t LLVMFuzzerMutate(uint8_t *bytes, size_t count, size_t limit);
