// SPDX-License-Identifier: GPL-3.0-or-later
// Elementwise functions of arrays of doubles with their derivatives, reductions, and sums of log
// densities, chosen for the processor at run time. The results are the same bits on every
// processor (but for the payload of NaN).
#ifndef BUFFON_CVECTORMATH_H
#define BUFFON_CVECTORMATH_H

#include <stddef.h>
#include <stdint.h>

/// y = f(x)
typedef enum {
    VM_NEGATE, VM_EXP, VM_LOG, VM_LOG1P, VM_EXPM1, VM_SQRT, VM_SQUARE, VM_RECIPROCAL, VM_ABS,
    VM_SIN, VM_COS, VM_TAN, VM_ASIN, VM_ACOS, VM_ATAN, VM_SINH, VM_COSH, VM_TANH,
    VM_ASINH, VM_ACOSH, VM_ATANH, VM_CBRT, VM_EXP2, VM_LOG2, VM_LOG10,
    VM_LOGISTIC, VM_LOG_LOGISTIC, VM_LOGIT, VM_LOG1M, VM_LOG1P_EXP, VM_LOG1M_EXP,
    VM_ERF, VM_ERFC, VM_NORMAL_CDF, VM_LOG_NORMAL_CDF, VM_NORMAL_QUANTILE,
    VM_LOG_GAMMA, VM_DIGAMMA, VM_TRIGAMMA,
    VM_FLOOR, VM_CEIL, VM_ROUND /* halves away from zero */, VM_TRUNC,
    VM_UNARY_COUNT
} vm_unary_op;

/// y = f(a, b). Comparisons give 0 or 1 and have no derivative.
typedef enum {
    VM_ADD, VM_SUBTRACT, VM_MULTIPLY, VM_DIVIDE, VM_POW, VM_ATAN2, VM_HYPOT,
    VM_MINIMUM, VM_MAXIMUM,
    VM_LOG_SUM_EXP2 /* log(exp a + exp b) */, VM_LOG_DIFF_EXP /* log(exp a - exp b) */,
    VM_LOG_BETA, VM_LESS, VM_LESS_EQUAL, VM_EQUAL, VM_NOT_EQUAL,
    VM_BINARY_COUNT
} vm_binary_op;

/// The sum of log densities. Arguments in order: the value, then the parameters as in Stan.
typedef enum {
    VM_NORMAL,          // y, mean, standard deviation
    VM_STD_NORMAL,      // y
    VM_BERNOULLI_LOGIT, // y, logit
    VM_POISSON_LOG,     // y, log rate
    VM_STUDENT_T,       // y, degrees of freedom, location, scale
    VM_GAMMA,           // y, shape, rate
    VM_EXPONENTIAL,     // y, rate
    VM_CAUCHY,          // y, location, scale
    VM_LOGNORMAL,       // y, mean and standard deviation of log y
    VM_BETA,            // y, a, b
    VM_BINOMIAL_LOGIT,  // y, trials, logit
    VM_DENSITY_COUNT
} vm_density_op;

// Strides are 0 (one value for all) or 1. An output may be an input of stride 1 itself, but does
// not overlap one partially. Adjoints may overlap each other: each block of eight is added and
// written back before the next argument's. Where n is 0 nothing is read.

typedef void (*vm_unary_forward)(ptrdiff_t n, const double *x, double *y);

/// dx[i] += dy[i] f'(x[i]); y is f(x), which some derivatives reuse.
typedef void (*vm_unary_reverse)(
    ptrdiff_t n, const double *x, const double *y, const double *dy, double *dx);

typedef void (*vm_binary_forward)(
    ptrdiff_t n, const double *a, int sa, const double *b, int sb, double *y);

/// Adds to da and db (NULL: not wanted; stride 0: the sum over i goes to the one element).
typedef void (*vm_binary_reverse)(
    ptrdiff_t n, const double *a, int sa, const double *b, int sb, const double *y,
    const double *dy, double *da, double *db);

/// y = a b + c, a b - c, or c - a b; the product is rounded before the sum.
typedef enum { VM_PRODUCT_PLUS, VM_PRODUCT_MINUS, VM_MINUS_PRODUCT } vm_multiply_add_form;

/// Returns the sum of n log densities and adds `scale` times its partials to adjoints[k] (NULL:
/// not wanted; stride 0: summed). NaN when a parameter is outside its domain or an argument is
/// NaN; -infinity when a value is outside the support, which has no partials then. There are no
/// partials in the value of VM_BERNOULLI_LOGIT.
///
/// With VM_DROP_CONSTANTS, bit k of the flags says that argument k is not constant, and terms that
/// depend on constant arguments only are left out of the sum. With VM_ONLY_CONSTANTS those terms
/// alone are added, so that they need to be computed only once (ask for no adjoints then).
typedef double (*vm_density)(
    ptrdiff_t n, const double *const *arguments, const int *strides, double *const *adjoints,
    double scale, uint32_t flags);

#define VM_DROP_CONSTANTS 0x80000000u
#define VM_ONLY_CONSTANTS 0x40000000u

/// What one step of scalar code does. The arithmetic comes in forms: operands from memory; the
/// first one (code + 1) or the second one (code + 2) carried from the step before.
typedef enum {
    VM_CODE_START, VM_CODE_END,
    VM_CODE_MOVE,
    VM_CODE_SELECT,  // a if the condition, which stands in `a` of the next step, is not 0, else b
    VM_CODE_LOG_SUM_EXPS, // of `count` operands (at most VM_LOG_SUM_EXPS_LIMIT), which follow, for b lanes; a has the weights
    VM_CODE_OPERAND, // place a, b: whether its adjoint is wanted, out: its stride
    VM_CODE_SUM, VM_CODE_DOT, VM_CODE_LOG_SUM_EXP, // of `count` entries
    VM_CODE_CALL_UNARY, VM_CODE_CALL_BINARY,       // any elementwise function, of `count` entries
    VM_CODE_ADD, VM_CODE_SUBTRACT = VM_CODE_ADD + 3, VM_CODE_MULTIPLY = VM_CODE_ADD + 6,
    VM_CODE_DIVIDE = VM_CODE_ADD + 9, VM_CODE_MINIMUM = VM_CODE_ADD + 12,
    VM_CODE_MAXIMUM = VM_CODE_ADD + 15,
    VM_CODE_NEGATE = VM_CODE_ADD + 18, VM_CODE_SQUARE = VM_CODE_NEGATE + 2,
    VM_CODE_RECIPROCAL = VM_CODE_NEGATE + 4, VM_CODE_SQRT = VM_CODE_NEGATE + 6,
    VM_CODE_ABS = VM_CODE_NEGATE + 8
} vm_code_op;

#define VM_LOG_SUM_EXPS_LIMIT 32

/// A step of scalar code: places of operands and result in one array.
typedef struct {
    uint8_t op;
    uint8_t function;  // a vm_unary_op or vm_binary_op
    /// Twelve bits for the number of entries, and four flags: whether a and b have stride 1, and
    /// whether their adjoints are wanted.
    uint16_t count;
    int32_t a, b, out;
} vm_code;

typedef struct {
    vm_unary_forward unary[VM_UNARY_COUNT];
    vm_unary_reverse unary_reverse[VM_UNARY_COUNT];
    vm_binary_forward binary[VM_BINARY_COUNT];
    vm_binary_reverse binary_reverse[VM_BINARY_COUNT];
    vm_density density[VM_DENSITY_COUNT];
    double (*sum)(ptrdiff_t n, const double *x);
    double (*dot)(ptrdiff_t n, const double *x, int sx, const double *y, int sy);
    double (*log_sum_exp)(ptrdiff_t n, const double *x);
    /// dx[i] += dy exp(x[i] - y), y = log_sum_exp(x)
    void (*log_sum_exp_reverse)(ptrdiff_t n, const double *x, double y, double dy, double *dx);
    /// y[i] = c[i] != 0 ? a[i] : b[i]
    void (*select)(
        ptrdiff_t n, const double *c, int sc, const double *a, int sa, const double *b, int sb,
        double *y);
    void (*select_reverse)(
        ptrdiff_t n, const double *c, int sc, const double *dy, double *da, int sa, double *db,
        int sb);
    /// A product and a third operand in one sweep.
    void (*multiply_add)(
        int form, ptrdiff_t n, const double *a, int sa, const double *b, int sb, const double *c,
        int sc, double *y);
    /// As vm_binary_reverse; dc has the stride sc.
    void (*multiply_add_reverse)(
        int form, ptrdiff_t n, const double *a, int sa, const double *b, int sb, int sc,
        const double *dy, double *da, double *db, double *dc);
    /// y[i] = base[index[i]]
    void (*gather)(ptrdiff_t n, const double *base, const int32_t *index, double *y);
    /// base[index[i]] += x[i]
    void (*scatter_add)(ptrdiff_t n, double *base, const int32_t *index, const double *x);
    /// The same where equal indices stand in runs: run i ends before ends[i] - low.
    void (*gather_runs)(
        ptrdiff_t n, const double *base, const int32_t *index, const int32_t *ends, ptrdiff_t low,
        double *y);
    void (*scatter_add_runs)(
        ptrdiff_t n, double *base, const int32_t *index, const int32_t *ends, ptrdiff_t low,
        const double *x);
    /// y[i] += a x[i]
    void (*axpy)(ptrdiff_t n, double a, const double *x, double *y);
    /// y[i] += a
    void (*add_scalar)(ptrdiff_t n, double a, double *y);
    /// Runs code, which begins with START and ends with END, over an array of values.
    void (*run_code)(const vm_code *first, double *values);
    /// Adds to the adjoints of the operands, from the last step (END) to the first.
    void (*reverse_code)(const vm_code *last, const double *values, double *adjoints);
    /// Writes the blocks of four random words of Philox4x64-10 that follow the counter, and moves
    /// the counter on.
    void (*philox)(const uint64_t key[2], uint64_t counter[4], ptrdiff_t blocks, uint64_t *out);
    /// x[i] = (bits[i] >> 11) 2^-53. Returns whether one of them is 0.
    int (*uniform)(ptrdiff_t n, const uint64_t *bits, double *x);
    /// "avx512", "avx2", "neon" or "portable"
    const char *name;
} vm_table;

/// The best kernels this processor can run, chosen once.
const vm_table *vm_kernels(void);

/// The kernels of that name, or NULL when this processor cannot run them.
const vm_table *vm_kernels_named(const char *name);

#endif
