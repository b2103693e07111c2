// SPDX-License-Identifier: GPL-3.0-or-later
// Scalar loops over libm: simple and right, the yardstick for the fast kernels.
#include "simple.h"

#include <math.h>

static const double pi = 3.14159265358979323846, halfLog2Pi = 0.91893853320467274178;

static double log1pExp(double x) { return x > 0 ? x + log1p(exp(-x)) : log1p(exp(x)); }
static double log1mExp(double x) {
    return x > -0.6931471805599453 ? log(-expm1(x)) : log1p(-exp(x));
}
static double logistic(double x) {
    if (x < 0) {
        double e = exp(x);
        return e / (1 + e);
    }
    return 1 / (1 + exp(-x));
}
static double logGamma(double x) { return lgamma(x); }
static double polygamma(int order, double x) {  // 0, 1, 2
    if (x <= 0 && x == floor(x)) return NAN;
    if (x < 0) {  // reflection
        double t = tan(pi * x), s = sin(pi * x);
        if (order == 0) return polygamma(0, 1 - x) - pi / t;
        if (order == 1) return pi * pi / (s * s) - polygamma(1, 1 - x);
        return polygamma(2, 1 - x) - 2 * pi * pi * pi * cos(pi * x) / (s * s * s);
    }
    double sum = 0;
    for (; x < 12; x += 1)
        sum += order == 0 ? -1 / x : order == 1 ? 1 / (x * x) : -2 / (x * x * x);
    double r = 1 / x, u = r * r;
    if (order == 0)
        return sum + log(x) - r / 2
            - u * (1. / 12 - u * (1. / 120 - u * (1. / 252 - u * (1. / 240 - u * (1. / 132
                - u * (691. / 32760 - u / 12))))));
    if (order == 1)
        return sum + r + u / 2
            + r * u * (1. / 6 - u * (1. / 30 - u * (1. / 42 - u * (1. / 30 - u * (5. / 66
                - u * (691. / 2730 - u * 7 / 6))))));
    return sum - u - u * r
        - u * u * (1. / 2 - u * (1. / 6 - u * (1. / 6 - u * (3. / 10 - u * (5. / 6
            - u * (691. / 210 - u * 35 / 2))))));
}
static double digamma(double x) { return polygamma(0, x); }
static double trigamma(double x) { return polygamma(1, x); }
static double normalCDF(double x) { return 0.5 * erfc(-x * 0.70710678118654752440); }
static double millsTail(double x) {  // Φ(-x)/φ(x) for x ≥ 5 by continued fraction
    double f = x;
    for (int k = 60; k > 0; k--) f = x + k / f;
    return 1 / f;
}
static double logNormalCDF(double x) {
    if (x < -10) return -0.5 * x * x - halfLog2Pi + log(millsTail(-x));
    return x > 0 ? log1p(-normalCDF(-x)) : log(normalCDF(x));
}
static double logNormalCDFSlope(double x) {
    if (x < -10) return 1 / millsTail(-x);
    return exp(-0.5 * x * x - halfLog2Pi) / normalCDF(x);
}
static double normalQuantile(double p) {
    if (!(p >= 0 && p <= 1)) return NAN;
    if (p == 0) return -INFINITY;
    if (p == 1) return INFINITY;
    double q = p < 0.5 ? p : 1 - p, r = sqrt(-2 * log(q));
    double x = -(r - (2.515517 + r * (0.802853 + r * 0.010328))
                      / (1 + r * (1.432788 + r * (0.189269 + r * 0.001308))));
    for (int i = 0; i < 4; i++) {  // Newton on the logarithm
        x -= (logNormalCDF(x) - log(q)) / logNormalCDFSlope(x);
    }
    return p < 0.5 ? x : -x;
}
static double logBeta(double a, double b) { return logGamma(a) + logGamma(b) - logGamma(a + b); }
static double logSumExp2(double a, double b) {
    if (a == b) return a + 0.69314718055994530942;
    return a > b ? a + log1p(exp(b - a)) : b + log1p(exp(a - b));
}
static double logDiffExp(double a, double b) {
    if (a == b && a < INFINITY) return -INFINITY;
    return b == -INFINITY ? a : a + log1mExp(b - a);
}

// name, y = f(x), f'(x)
#define UNARY(X) \
    X(NEGATE, -x, -1) X(EXP, exp(x), y) X(LOG, log(x), 1 / x) X(LOG1P, log1p(x), 1 / (1 + x)) \
    X(EXPM1, expm1(x), y + 1) X(SQRT, sqrt(x), 0.5 / y) X(SQUARE, x * x, 2 * x) \
    X(RECIPROCAL, 1 / x, -y * y) X(ABS, fabs(x), (x > 0) - (x < 0)) \
    X(SIN, sin(x), cos(x)) X(COS, cos(x), -sin(x)) X(TAN, tan(x), 1 + y * y) \
    X(ASIN, asin(x), 1 / sqrt((1 - x) * (1 + x))) X(ACOS, acos(x), -1 / sqrt((1 - x) * (1 + x))) \
    X(ATAN, atan(x), 1 / (1 + x * x)) X(SINH, sinh(x), cosh(x)) X(COSH, cosh(x), sinh(x)) \
    X(TANH, tanh(x), 1 / (cosh(x) * cosh(x))) X(ASINH, asinh(x), 1 / hypot(x, 1)) \
    X(ACOSH, acosh(x), 1 / (sqrt(x - 1) * sqrt(x + 1))) X(ATANH, atanh(x), 1 / ((1 - x) * (1 + x))) \
    X(CBRT, cbrt(x), 1 / (3 * y * y)) X(EXP2, exp2(x), y * 0.69314718055994530942) \
    X(LOG2, log2(x), 1.4426950408889634074 / x) X(LOG10, log10(x), 0.43429448190325182765 / x) \
    X(LOGISTIC, logistic(x), y * logistic(-x)) X(LOG_LOGISTIC, -log1pExp(-x), logistic(-x)) \
    X(LOGIT, log(x / (1 - x)), 1 / (x * (1 - x))) X(LOG1M, log1p(-x), -1 / (1 - x)) \
    X(LOG1P_EXP, log1pExp(x), logistic(x)) X(LOG1M_EXP, log1mExp(x), -1 / expm1(-x)) \
    X(ERF, erf(x), 1.1283791670955125739 * exp(-x * x)) \
    X(ERFC, erfc(x), -1.1283791670955125739 * exp(-x * x)) \
    X(NORMAL_CDF, normalCDF(x), exp(-0.5 * x * x - halfLog2Pi)) \
    X(LOG_NORMAL_CDF, logNormalCDF(x), logNormalCDFSlope(x)) \
    X(NORMAL_QUANTILE, normalQuantile(x), exp(0.5 * y * y + halfLog2Pi)) \
    X(LOG_GAMMA, logGamma(x), digamma(x)) X(DIGAMMA, digamma(x), trigamma(x)) \
    X(TRIGAMMA, trigamma(x), polygamma(2, x)) \
    X(FLOOR, floor(x), 0) X(CEIL, ceil(x), 0) X(ROUND, round(x), 0) X(TRUNC, trunc(x), 0)

#define X(NAME, F, D) \
    static void forward_##NAME(ptrdiff_t n, const double *xs, double *ys) { \
        for (ptrdiff_t i = 0; i < n; i++) { double x = xs[i]; ys[i] = F; } \
    } \
    static void reverse_##NAME( \
        ptrdiff_t n, const double *xs, const double *ys, const double *dys, double *dxs) { \
        for (ptrdiff_t i = 0; i < n; i++) { \
            double x = xs[i], y = ys[i]; (void)x; (void)y; dxs[i] += dys[i] * (D); \
        } \
    }
UNARY(X)
#undef X

// name, y = f(a, b), partial in a, partial in b
#define BINARY(X) \
    X(ADD, a + b, 1, 1) X(SUBTRACT, a - b, 1, -1) X(MULTIPLY, a * b, b, a) \
    X(DIVIDE, a / b, 1 / b, -y / b) \
    X(POW, pow(a, b), b == 0 ? 0 : b * pow(a, b - 1), a == 0 ? 0 : y * log(a)) \
    X(ATAN2, atan2(a, b), b / (a * a + b * b), -a / (a * a + b * b)) \
    X(HYPOT, hypot(a, b), y == 0 ? 0 : a / y, y == 0 ? 0 : b / y) \
    X(MINIMUM, a != a || a <= b ? a : b, a <= b, !(a <= b)) \
    X(MAXIMUM, a != a || a >= b ? a : b, a >= b, !(a >= b)) \
    X(LOG_SUM_EXP2, logSumExp2(a, b), logistic(a - b), logistic(b - a)) \
    X(LOG_DIFF_EXP, logDiffExp(a, b), -1 / expm1(b - a), -1 / expm1(a - b)) \
    X(LOG_BETA, logBeta(a, b), digamma(a) - digamma(a + b), digamma(b) - digamma(a + b)) \
    X(LESS, a < b, 0, 0) X(LESS_EQUAL, a <= b, 0, 0) X(EQUAL, a == b, 0, 0) \
    X(NOT_EQUAL, a != b, 0, 0)

#define X(NAME, F, DA, DB) \
    static void binary_##NAME( \
        ptrdiff_t n, const double *as, int sa, const double *bs, int sb, double *ys) { \
        for (ptrdiff_t i = 0; i < n; i++) { double a = as[i * sa], b = bs[i * sb]; ys[i] = F; } \
    } \
    static void binaryReverse_##NAME( \
        ptrdiff_t n, const double *as, int sa, const double *bs, int sb, const double *ys, \
        const double *dys, double *das, double *dbs) { \
        for (ptrdiff_t i = 0; i < n; i++) { \
            double a = as[i * sa], b = bs[i * sb], y = ys[i]; (void)a; (void)b; (void)y; \
            if (das) das[i * sa] += dys[i] * (DA); \
            if (dbs) dbs[i * sb] += dys[i] * (DB); \
        } \
    }
BINARY(X)
#undef X

// A density of k arguments: `body` gives the terms (value, whether it depends on a
// varying argument) and the partials p[0..k-1] for one element.
#define DENSITY(NAME, K, DOMAIN, SUPPORT, VALUE, ...) \
    static double density_##NAME( \
        ptrdiff_t n, const double *const *arguments, const int *strides, \
        double *const *adjoints, double scale, uint32_t flags) { \
        double total = 0; \
        uint32_t keep = flags & VM_DROP_CONSTANTS ? flags & 0xff : 0x100; \
        for (ptrdiff_t i = 0; i < n; i++) { \
            double v[4] = {0}; \
            for (int k = 0; k < K; k++) v[k] = arguments[k][i * strides[k]]; \
            double y = v[0], a = v[1], b = v[2], c = v[3]; (void)a; (void)b; (void)c; \
            if (!(DOMAIN) || y != y) return NAN; \
            if (!(SUPPORT)) { total = -INFINITY; continue; } \
            total += VALUE; \
            double p[] = {__VA_ARGS__}; \
            for (int k = 0; k < K; k++) \
                if (adjoints[k]) adjoints[k][i * strides[k]] += scale * p[k]; \
        } \
        return total; \
    }
// A term that depends on the arguments of the mask (bit k = argument k).
#define T(MASK, E) (keep & ((MASK) | 0x100) ? (E) : 0)
enum { constant = 0, inY = 1, inA = 2, inB = 4, inC = 8 };
static double sq(double x) { return x * x; }

DENSITY(NORMAL, 3, b > 0 && a == a, 1,
    T(constant, -halfLog2Pi) + T(inB, -log(b)) + T(inY | inA | inB, -0.5 * sq((y - a) / b)),
    -(y - a) / (b * b), (y - a) / (b * b), (sq((y - a) / b) - 1) / b)
DENSITY(STD_NORMAL, 1, 1, 1, T(constant, -halfLog2Pi) + T(inY, -0.5 * y * y), -y)
DENSITY(BERNOULLI_LOGIT, 2, a == a, y == 0 || y == 1,
    T(inY | inA, -log1pExp(y == 1 ? -a : a)), 0, y == 1 ? logistic(-a) : -logistic(a))
DENSITY(POISSON_LOG, 2, a == a, y >= 0,
    T(inY | inA, y == 0 ? 0 : y * a) + T(inA, -exp(a)) + T(inY, -lgamma(y + 1)),
    a - digamma(y + 1), y - exp(a))
DENSITY(STUDENT_T, 4, a > 0 && c > 0 && b == b, 1,
    T(constant, -0.5 * log(pi)) + T(inA, lgamma((a + 1) / 2) - lgamma(a / 2) - 0.5 * log(a))
        + T(inC, -log(c)) + T(15, -0.5 * (a + 1) * log1p(sq((y - b) / c) / a)),
    -(a + 1) * (y - b) / (a * c * c + sq(y - b)),
    0.5 * (digamma((a + 1) / 2) - digamma(a / 2) - 1 / a - log1p(sq((y - b) / c) / a)
        + (a + 1) * sq(y - b) / (a * (a * c * c + sq(y - b)))),
    (a + 1) * (y - b) / (a * c * c + sq(y - b)),
    (-1 + (a + 1) * sq(y - b) / (a * c * c + sq(y - b))) / c)
DENSITY(GAMMA, 3, a > 0 && b > 0, y >= 0,
    T(inA, -lgamma(a)) + T(inA | inB, a * log(b)) + T(inA | inY, a == 1 ? 0 : (a - 1) * log(y))
        + T(inB | inY, -b * y),
    (a - 1) / y - b, log(b) - digamma(a) + log(y), a / b - y)
DENSITY(EXPONENTIAL, 2, a > 0, y >= 0, T(inA, log(a)) + T(inA | inY, -a * y), -a, 1 / a - y)
DENSITY(CAUCHY, 3, b > 0 && a == a, 1,
    T(constant, -log(pi)) + T(inB, -log(b)) + T(7, -log1p(sq((y - a) / b))),
    -2 * (y - a) / (b * b + sq(y - a)), 2 * (y - a) / (b * b + sq(y - a)),
    (-1 + 2 * sq(y - a) / (b * b + sq(y - a))) / b)
DENSITY(LOGNORMAL, 3, b > 0 && a == a, y > 0,
    T(constant, -halfLog2Pi) + T(inB, -log(b)) + T(inY, -log(y))
        + T(7, -0.5 * sq((log(y) - a) / b)),
    (-1 - (log(y) - a) / (b * b)) / y, (log(y) - a) / (b * b), (sq((log(y) - a) / b) - 1) / b)
DENSITY(BETA, 3, a > 0 && b > 0, y >= 0 && y <= 1,
    T(inA | inB, -logBeta(a, b)) + T(inA | inY, a == 1 ? 0 : (a - 1) * log(y))
        + T(inB | inY, b == 1 ? 0 : (b - 1) * log1p(-y)),
    (a - 1) / y - (b - 1) / (1 - y), log(y) - digamma(a) + digamma(a + b),
    log1p(-y) - digamma(b) + digamma(a + b))
DENSITY(BINOMIAL_LOGIT, 3, a >= 0 && b == b, y >= 0 && y <= a,
    T(inY | inA, -log1p(a) - logBeta(y + 1, a - y + 1))
        + T(7, (y == 0 ? 0 : -y * log1pExp(-b)) + (y == a ? 0 : -(a - y) * log1pExp(b))),
    b - digamma(y + 1) + digamma(a - y + 1), digamma(a + 1) - digamma(a - y + 1) - log1pExp(b),
    y * logistic(-b) - (a - y) * logistic(b))

static double sum(ptrdiff_t n, const double *x) {
    double s = 0;
    for (ptrdiff_t i = 0; i < n; i++) s += x[i];
    return s;
}
static double dot(ptrdiff_t n, const double *x, int sx, const double *y, int sy) {
    double s = 0;
    for (ptrdiff_t i = 0; i < n; i++) s += x[i * sx] * y[i * sy];
    return s;
}
static double logSumExp(ptrdiff_t n, const double *x) {
    double m = -INFINITY, s = 0;
    for (ptrdiff_t i = 0; i < n; i++) m = x[i] > m || x[i] != x[i] ? x[i] : m;
    if (!(m - m == 0)) return m;
    for (ptrdiff_t i = 0; i < n; i++) s += exp(x[i] - m);
    return m + log(s);
}
static void logSumExpReverse(ptrdiff_t n, const double *x, double y, double dy, double *dx) {
    for (ptrdiff_t i = 0; i < n; i++) dx[i] += dy * (x[i] == -INFINITY ? 0 : exp(x[i] - y));
}
static void selectForward(
    ptrdiff_t n, const double *c, int sc, const double *a, int sa, const double *b, int sb,
    double *y) {
    for (ptrdiff_t i = 0; i < n; i++) y[i] = c[i * sc] != 0 ? a[i * sa] : b[i * sb];
}
static void selectReverse(
    ptrdiff_t n, const double *c, int sc, const double *dy, double *da, int sa, double *db,
    int sb) {
    for (ptrdiff_t i = 0; i < n; i++) {
        if (c[i * sc] != 0) {
            if (da) da[i * sa] += dy[i];
        } else if (db) {
            db[i * sb] += dy[i];
        }
    }
}
static void gather(ptrdiff_t n, const double *base, const int32_t *index, double *y) {
    for (ptrdiff_t i = 0; i < n; i++) y[i] = base[index[i]];
}
static void scatterAdd(ptrdiff_t n, double *base, const int32_t *index, const double *x) {
    for (ptrdiff_t i = 0; i < n; i++) base[index[i]] += x[i];
}
static void axpy(ptrdiff_t n, double a, const double *x, double *y) {
    for (ptrdiff_t i = 0; i < n; i++) y[i] += a * x[i];
}
static void addScalar(ptrdiff_t n, double a, double *y) {
    for (ptrdiff_t i = 0; i < n; i++) y[i] += a;
}

const vm_table vm_table_portable = {
#define X(NAME, ...) [VM_##NAME] = forward_##NAME,
    .unary = {UNARY(X)},
#undef X
#define X(NAME, ...) [VM_##NAME] = reverse_##NAME,
    .unary_reverse = {UNARY(X)},
#undef X
#define X(NAME, ...) [VM_##NAME] = binary_##NAME,
    .binary = {BINARY(X)},
#undef X
#define X(NAME, ...) [VM_##NAME] = binaryReverse_##NAME,
    .binary_reverse = {BINARY(X)},
#undef X
#define X(NAME) [VM_##NAME] = density_##NAME,
    .density = {X(NORMAL) X(STD_NORMAL) X(BERNOULLI_LOGIT) X(POISSON_LOG) X(STUDENT_T) X(GAMMA)
        X(EXPONENTIAL) X(CAUCHY) X(LOGNORMAL) X(BETA) X(BINOMIAL_LOGIT)},
    .sum = sum,
    .dot = dot,
    .log_sum_exp = logSumExp,
    .log_sum_exp_reverse = logSumExpReverse,
    .select = selectForward,
    .select_reverse = selectReverse,
    .gather = gather,
    .scatter_add = scatterAdd,
    .axpy = axpy,
    .add_scalar = addScalar,
    .name = "portable",
};
