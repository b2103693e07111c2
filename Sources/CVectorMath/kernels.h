// SPDX-License-Identifier: GPL-3.0-or-later
// The whole of the kernels for one instruction set. The including file names the table (VM_TABLE,
// VM_NAME) and may have pushed a target attribute.

#pragma clang diagnostic ignored "-Wpsabi"  // eight lanes by value, but only inside this file

#include "Kernels/lanes.h"
#include "Kernels/polynomials.h"

#include "Kernels/exponential.h"
#include "Kernels/logarithm.h"

#include "Kernels/power.h"
#include "Kernels/trigonometric.h"
#include "Kernels/normal.h"
#include "Kernels/gamma.h"

#include "Kernels/elementwise.h"
#include "Kernels/reductions.h"
#include "Kernels/densities.h"
#include "Kernels/code.h"
#include "Kernels/random.h"

const vm_table VM_TABLE = {
#define X(NAME, ...) [VM_##NAME] = forward_##NAME,
    .unary = {UNARY_FUNCTIONS(X)},
#undef X
#define X(NAME, ...) [VM_##NAME] = reverse_##NAME,
    .unary_reverse = {UNARY_FUNCTIONS(X)},
#undef X
#define X(NAME, ...) [VM_##NAME] = binary_##NAME,
    .binary = {PLAIN_FUNCTIONS(X) BINARY_FUNCTIONS(X)},
#undef X
#define X(NAME, ...) [VM_##NAME] = binaryReverse_##NAME,
    .binary_reverse = {PLAIN_FUNCTIONS(X) BINARY_FUNCTIONS(X)},
#undef X
#define X(NAME) [VM_##NAME] = density_##NAME,
    .density = {X(NORMAL) X(STD_NORMAL) X(BERNOULLI_LOGIT) X(POISSON_LOG) X(STUDENT_T) X(GAMMA)
        X(EXPONENTIAL) X(CAUCHY) X(LOGNORMAL) X(BETA) X(BINOMIAL_LOGIT)},
#undef X
    .sum = sum,
    .dot = dot,
    .log_sum_exp = logSumExp,
    .log_sum_exp_reverse = logSumExpReverse,
    .select = selectForward,
    .select_reverse = selectReverse,
    .multiply_add = multiplyAdd,
    .multiply_add_reverse = multiplyAddReverse,
    .gather = gather,
    .scatter_add = scatterAdd,
    .gather_runs = gatherRuns,
    .scatter_add_runs = scatterAddRuns,
    .axpy = axpy,
    .add_scalar = addScalar,
    .run_code = runCode,
    .reverse_code = reverseCode,
    .philox = philox,
    .uniform = uniform,
    .name = VM_NAME,
};
