// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef BUFFON_CVECTORMATH_H
#define BUFFON_CVECTORMATH_H

#include <stddef.h>
#include <stdint.h>

typedef enum {            // y = f(x)
    VM_NEGATE, VM_EXP, VM_LOG, VM_LOG1P, VM_EXPM1, VM_SQRT, VM_SQUARE, VM_RECIPROCAL, VM_ABS,
    VM_SIN, VM_COS, VM_TAN, VM_ASIN, VM_ACOS, VM_ATAN, VM_SINH, VM_COSH, VM_TANH,
    VM_ASINH, VM_ACOSH, VM_ATANH, VM_CBRT, VM_EXP2, VM_LOG2, VM_LOG10,
    VM_LOGISTIC, VM_LOG_LOGISTIC, VM_LOGIT, VM_LOG1M, VM_LOG1P_EXP, VM_LOG1M_EXP,
    VM_ERF, VM_ERFC, VM_NORMAL_CDF, VM_LOG_NORMAL_CDF, VM_NORMAL_QUANTILE,
    VM_LOG_GAMMA, VM_DIGAMMA, VM_TRIGAMMA, VM_FLOOR, VM_CEIL, VM_ROUND, VM_TRUNC,
    VM_UNARY_COUNT
} vm_unary_op;

typedef enum {            // y = f(a, b)
    VM_ADD, VM_SUBTRACT, VM_MULTIPLY, VM_DIVIDE, VM_POW, VM_ATAN2, VM_HYPOT, VM_MINIMUM, VM_MAXIMUM,
    VM_LOG_SUM_EXP2, VM_LOG_DIFF_EXP, VM_LOG_BETA,
    VM_LESS, VM_LESS_EQUAL, VM_EQUAL, VM_NOT_EQUAL,    // 0 or 1, derivative zero
    VM_BINARY_COUNT
} vm_binary_op;

typedef enum {            // sum of log densities over n elements, each argument an array or a broadcast scalar
    VM_NORMAL, VM_STD_NORMAL, VM_BERNOULLI_LOGIT, VM_POISSON_LOG, VM_STUDENT_T, VM_GAMMA, VM_EXPONENTIAL,
    VM_CAUCHY, VM_LOGNORMAL, VM_BETA, VM_BINOMIAL_LOGIT, VM_DENSITY_COUNT
} vm_density_op;

// Strides are 0 (one value for all) or 1. y never aliases an input partially; y == x is allowed in unary forward.
typedef void (*vm_unary_forward)(ptrdiff_t n, const double *x, double *y);
// dx[i] += dy[i] * f'(x[i]); y = f(x) is given so that derivatives can reuse it.
typedef void (*vm_unary_reverse)(ptrdiff_t n, const double *x, const double *y, const double *dy, double *dx);
typedef void (*vm_binary_forward)(ptrdiff_t n, const double *a, int sa, const double *b, int sb, double *y);
// Accumulates into da, db (NULL: not wanted; stride 0: the sum over i goes into da[0]).
typedef void (*vm_binary_reverse)(ptrdiff_t n, const double *a, int sa, const double *b, int sb,
                                  const double *y, const double *dy, double *da, double *db);
// Returns the sum of log densities; accumulates scale * partials into adjoints[k] (NULL: not wanted).
// keep: bit k set = terms that depend on argument k alone (or on constants) matter; here: bit 0..k-1 say which arguments
// are NOT constant; terms depending only on constant arguments may be dropped when flag VM_DROP is set.
typedef double (*vm_density)(ptrdiff_t n, const double *const *arguments, const int *strides,
                             double *const *adjoints, double scale, uint32_t flags);

#define VM_DROP_CONSTANTS 0x80000000u

typedef struct {
    vm_unary_forward unary[VM_UNARY_COUNT];
    vm_unary_reverse unary_reverse[VM_UNARY_COUNT];
    vm_binary_forward binary[VM_BINARY_COUNT];
    vm_binary_reverse binary_reverse[VM_BINARY_COUNT];
    vm_density density[VM_DENSITY_COUNT];
    double (*sum)(ptrdiff_t n, const double *x);
    double (*dot)(ptrdiff_t n, const double *x, int sx, const double *y, int sy);
    double (*log_sum_exp)(ptrdiff_t n, const double *x);                        // max-shifted
    void (*log_sum_exp_reverse)(ptrdiff_t n, const double *x, double y, double dy, double *dx); // dx += dy * exp(x - y)
    void (*select)(ptrdiff_t n, const double *c, int sc, const double *a, int sa, const double *b, int sb, double *y);
    void (*select_reverse)(ptrdiff_t n, const double *c, int sc, const double *dy, double *da, int sa, double *db, int sb);
    void (*gather)(ptrdiff_t n, const double *base, const int32_t *index, double *y);         // y[i] = base[index[i]]
    void (*scatter_add)(ptrdiff_t n, double *base, const int32_t *index, const double *x);    // base[index[i]] += x[i]
    void (*axpy)(ptrdiff_t n, double a, const double *x, double *y);                          // y += a x
    void (*add_scalar)(ptrdiff_t n, double a, double *y);                                     // y[i] += a
    const char *name;    // "avx512", "avx2", "neon", "portable"
} vm_table;

const vm_table *vm_kernels(void);            // the best this machine has, chosen once
const vm_table *vm_kernels_named(const char *name);   // for tests; NULL when the machine lacks it

#endif
