// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef BUFFON_CVECTORMATH_H
#define BUFFON_CVECTORMATH_H

/// The instruction set that was chosen at run time: "avx512", "avx2", "neon" or "portable".
const char *vm_instruction_set(void);

#endif
