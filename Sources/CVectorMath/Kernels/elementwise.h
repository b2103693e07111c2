// SPDX-License-Identifier: GPL-3.0-or-later
// Loops over arrays, and the list of functions with their derivatives.

INLINE V one(M mask) { return choose(mask, C(1), C(0)); }

// name, y = f(x), f'(x) in terms of x and y
#define UNARY_FUNCTIONS(X) \
    X(NEGATE, -x, C(-1)) \
    X(EXP, expV(x), y) \
    X(LOG, logV(x), 1 / x) \
    X(LOG1P, log1pV(x), 1 / (1 + x)) \
    X(EXPM1, expm1V(x), expV(x)) \
    X(SQRT, sqrtV(x), C(0.5) / y) \
    X(SQUARE, x * x, 2 * x) \
    X(RECIPROCAL, 1 / x, -(y * y)) \
    X(ABS, absV(x), one((M)(x > 0)) - one((M)(x < 0))) \
    X(SIN, sinV(x), cosV(x)) \
    X(COS, cosV(x), -sinV(x)) \
    X(TAN, tanV(x), F(y, y, C(1))) \
    X(ASIN, asinV(x), 1 / sqrtV((1 - x) * (1 + x))) \
    X(ACOS, acosV(x), -1 / sqrtV((1 - x) * (1 + x))) \
    X(ATAN, atanV(x), 1 / F(x, x, C(1))) \
    X(SINH, sinhV(x), coshV(x)) \
    X(COSH, coshV(x), sinhV(x)) \
    X(TANH, tanhV(x), tanhSlope(x)) \
    X(ASINH, asinhV(x), 1 / hypotV(x, C(1))) \
    X(ACOSH, acoshV(x), 1 / (sqrtV(x - 1) * sqrtV(x + 1))) \
    X(ATANH, atanhV(x), 1 / ((1 - x) * (1 + x))) \
    X(CBRT, cbrtV(x), 1 / (3 * (y * y))) \
    X(EXP2, exp2V(x), y * C(0x1.62e42fefa39efp-1)) \
    X(LOG2, log2V(x), C(0x1.71547652b82fep+0) / x) \
    X(LOG10, log10V(x), C(0x1.bcb7b1526e50ep-2) / x) \
    X(LOGISTIC, logisticV(x), logisticSlope(x)) \
    X(LOG_LOGISTIC, logLogisticV(x), logisticV(-x)) \
    X(LOGIT, logitV(x), 1 / (x * (1 - x))) \
    X(LOG1M, log1pV(-x), -1 / (1 - x)) \
    X(LOG1P_EXP, log1pExpV(x), logisticV(x)) \
    X(LOG1M_EXP, log1mExpV(x), -1 / expm1V(absV(x))) \
    X(ERF, erfV(x), expMinusSquare(x, 1, C(0x1.20dd750429b6dp+0))) \
    X(ERFC, erfcV(x), -expMinusSquare(x, 1, C(0x1.20dd750429b6dp+0))) \
    X(NORMAL_CDF, normalCDFV(x), normalDensity(x)) \
    X(LOG_NORMAL_CDF, logNormalCDFV(x), logNormalCDFSlope(x)) \
    X(NORMAL_QUANTILE, normalQuantileV(x), normalQuantileSlope(x, y)) \
    X(LOG_GAMMA, logGammaV(x), digammaV(x)) \
    X(DIGAMMA, digammaV(x), trigammaV(x)) \
    X(TRIGAMMA, trigammaV(x), tetragammaV(x)) \
    X(FLOOR, floorV(x), C(0)) \
    X(CEIL, ceilV(x), C(0)) \
    X(ROUND, roundV(x), C(0)) \
    X(TRUNC, truncV(x), C(0))

#define X(NAME, VALUE, SLOPE) \
    static void forward_##NAME(ptrdiff_t n, const double *xs, double *ys) { \
        for (ptrdiff_t i = 0; i < n; i += 8) { \
            V x = loadUpTo8(xs + i, n - i); \
            storeUpTo8(ys + i, VALUE, n - i); \
        } \
    } \
    static void reverse_##NAME( \
        ptrdiff_t n, const double *xs, const double *ys, const double *dys, double *dxs) { \
        for (ptrdiff_t i = 0; i < n; i += 8) { \
            V x = loadUpTo8(xs + i, n - i), y = loadUpTo8(ys + i, n - i); \
            (void)x; \
            (void)y; \
            V dy = loadUpTo8(dys + i, n - i), dx = loadUpTo8(dxs + i, n - i); \
            V slope = SLOPE; \
            storeUpTo8(dxs + i, F(dy, slope, dx), n - i); \
        } \
    }
UNARY_FUNCTIONS(X)
#undef X

INLINE V logSumExp2(V a, V b) {
    V difference = choose((M)(a == b), C(0), absV(a - b));
    return choose((M)(a > b), a, b) + log1pUnit(expV(-difference));
}
INLINE V powSlope(V a, V b, V y) {
    V slope = b * (y / a);
    if (__builtin_expect(any((M)(a == 0)), 0))
        slope = choose((M)(a == 0), b * powV(a, b - 1), slope);
    return choose((M)(b == 0), C(0), slope);
}
INLINE V logDiffExp(V a, V b) {
    V y = a + log1mExpV(choose((M)(a > b), b - a, C(-1)));
    y = choose((M)(b == -INFINITY_V), a, y);
    y = choose((M)(a == b), -INFINITY_V, y);
    return choose((M)(a < b) | (M)(a != a) | (M)(b != b) | (M)(b == INFINITY_V), NAN_V, y);
}

// name, y = f(a, b), what both partials need, partial in a, partial in b
#define BINARY_FUNCTIONS(X) \
    X(DIVIDE, a / b, V inverse = 1 / b, inverse, -y * inverse) \
    X(POW, powV(a, b), , powSlope(a, b, y), choose((M)(a == 0), C(0), y * logV(a))) \
    X(ATAN2, atan2V(a, b), V h = hypotV(a, b), (b / h) / h, -(a / h) / h) \
    X(HYPOT, hypotV(a, b), , choose((M)(y == 0), C(0), a / y), choose((M)(y == 0), C(0), b / y)) \
    X(MINIMUM, choose((M)(a <= b) | (M)(a != a), a, b), , one((M)(a <= b)), one(~(M)(a <= b))) \
    X(MAXIMUM, choose((M)(a >= b) | (M)(a != a), a, b), , one((M)(a >= b)), one(~(M)(a >= b))) \
    X(LOG_SUM_EXP2, logSumExp2(a, b), V d = choose((M)(a == b), C(0), a - b); \
        V e = expV(-absV(d)); V larger = 1 / (1 + e); V smaller = e * larger, \
        choose((M)(d < 0), smaller, larger), choose((M)(d < 0), larger, smaller)) \
    X(LOG_DIFF_EXP, logDiffExp(a, b), V t = 1 / expm1V(a - b), 1 + t, -t) \
    X(LOG_BETA, logBetaV(a, b), V both = digammaV(a + b), digammaV(a) - both, \
        digammaV(b) - both) \
    X(LESS, one((M)(a < b)), , C(0), C(0)) \
    X(LESS_EQUAL, one((M)(a <= b)), , C(0), C(0)) \
    X(EQUAL, one((M)(a == b)), , C(0), C(0)) \
    X(NOT_EQUAL, one((M)(a != b)), , C(0), C(0))

// One operand: an array or a value for all.
typedef struct {
    const double *values;
    V everywhere;
    int stride;
} Operand;
INLINE Operand operand(ptrdiff_t n, const double *values, int stride) {
    return (Operand){values, C(n > 0 ? values[0] : 0), stride};
}
INLINE V lanesOf(const Operand *o, ptrdiff_t i, ptrdiff_t left) {
    return o->stride ? loadUpTo8(o->values + i, left) : o->everywhere;
}
// Where partial derivatives go: added to an array, or summed into one number, or nowhere.
typedef struct {
    double *values;
    V sum;
    int stride;
} Adjoint;
INLINE Adjoint adjoint(double *values, int stride) {
    return (Adjoint){values, C(0), stride};
}
INLINE void give(Adjoint *d, ptrdiff_t i, ptrdiff_t left, V partial) {
    if (d->stride) storeUpTo8(d->values + i, loadUpTo8(d->values + i, left) + partial, left);
    else d->sum += left >= 8 ? partial : firstLanes(partial, left);
}
INLINE void finish(const Adjoint *d) {
    if (d->values && !d->stride) d->values[0] += sumOfLanes(d->sum);
}

#define X(NAME, VALUE, SHARED, SLOPE_A, SLOPE_B) \
    static void binary_##NAME( \
        ptrdiff_t n, const double *as, int sa, const double *bs, int sb, double *ys) { \
        Operand oa = operand(n, as, sa), ob = operand(n, bs, sb); \
        for (ptrdiff_t i = 0; i < n; i += 8) { \
            V a = lanesOf(&oa, i, n - i), b = lanesOf(&ob, i, n - i); \
            storeUpTo8(ys + i, VALUE, n - i); \
        } \
    } \
    static void binaryReverse_##NAME( \
        ptrdiff_t n, const double *as, int sa, const double *bs, int sb, const double *ys, \
        const double *dys, double *das, double *dbs) { \
        Operand oa = operand(n, as, sa), ob = operand(n, bs, sb); \
        Adjoint da = adjoint(das, sa), db = adjoint(dbs, sb); \
        for (ptrdiff_t i = 0; i < n; i += 8) { \
            V a = lanesOf(&oa, i, n - i), b = lanesOf(&ob, i, n - i); \
            V y = loadUpTo8(ys + i, n - i), dy = loadUpTo8(dys + i, n - i); \
            (void)a; \
            (void)b; \
            (void)y; \
            SHARED; \
            if (das) give(&da, i, n - i, dy * (SLOPE_A)); \
            if (dbs) give(&db, i, n - i, dy * (SLOPE_B)); \
        } \
        finish(&da); \
        finish(&db); \
    }
BINARY_FUNCTIONS(X)
#undef X

#define PLAIN_FUNCTIONS(X) X(ADD) X(SUBTRACT) X(MULTIPLY)

// Plain arithmetic is as fast as memory allows: its loops have no choice in them.

// A loop over blocks of eight: `left` is a constant in all but the last.
#define BLOCKS(...) \
    do { \
        ptrdiff_t i = 0; \
        for (; i + 8 <= n; i += 8) { \
            const ptrdiff_t left = 8; \
            __VA_ARGS__; \
        } \
        if (i < n) { \
            const ptrdiff_t left = n - i; \
            __VA_ARGS__; \
        } \
    } while (0)
// The same text with each stride known.
#define WITH_STRIDE(S, ...) \
    do { \
        if (S) { \
            enum { S##Known = 1 }; \
            __VA_ARGS__; \
        } else { \
            enum { S##Known = 0 }; \
            __VA_ARGS__; \
        } \
    } while (0)

#define X(NAME, VALUE) \
    static void binary_##NAME( \
        ptrdiff_t n, const double *as, int sa, const double *bs, int sb, double *ys) { \
        if (n == 0) return; \
        WITH_STRIDE(sa, WITH_STRIDE(sb, BLOCKS({ \
            V a = saKnown ? loadUpTo8(as + i, left) : C(as[0]); \
            V b = sbKnown ? loadUpTo8(bs + i, left) : C(bs[0]); \
            storeUpTo8(ys + i, VALUE, left); \
        }))); \
    }
X(ADD, a + b)
X(SUBTRACT, a - b)
X(MULTIPLY, a * b)
#undef X

// into += sign dy, or its sum when the stride is 0.
INLINE void giveAll(ptrdiff_t n, const double *dys, const double sign, double *into, int s) {
    V sum = C(0);
    if (s) BLOCKS({
        V dy = loadUpTo8(dys + i, left), d = loadUpTo8(into + i, left);
        storeUpTo8(into + i, sign > 0 ? d + dy : d - dy, left);
    });
    else {
        BLOCKS({
            V dy = loadUpTo8(dys + i, left);
            sum += left >= 8 ? dy : firstLanes(dy, left);
        });
        into[0] += sign * sumOfLanes(sum);
    }
}
// into += sign dy f, or its sum when the stride is 0.
INLINE void giveProducts(
    ptrdiff_t n, const double *dys, const double sign, const double *fs, int sf, double *into,
    int s) {
    V sum = C(0);
    WITH_STRIDE(sf, {
        if (s) BLOCKS({
            V dy = loadUpTo8(dys + i, left), d = loadUpTo8(into + i, left);
            V p = dy * (sfKnown ? loadUpTo8(fs + i, left) : C(fs[0]));
            storeUpTo8(into + i, sign > 0 ? d + p : d - p, left);
        });
        else {
            BLOCKS({
                V p = loadUpTo8(dys + i, left) * (sfKnown ? loadUpTo8(fs + i, left) : C(fs[0]));
                sum += left >= 8 ? p : firstLanes(p, left);
            });
            into[0] += sign * sumOfLanes(sum);
        }
    });
}
#define PLAIN_REVERSE(NAME, IN_A, IN_B) \
    static void binaryReverse_##NAME( \
        ptrdiff_t n, const double *as, int sa, const double *bs, int sb, const double *ys, \
        const double *dys, double *das, double *dbs) { \
        (void)as, (void)bs, (void)ys; \
        if (n == 0) return; \
        if (das) IN_A; \
        if (dbs) IN_B; \
    }
PLAIN_REVERSE(ADD, giveAll(n, dys, 1, das, sa), giveAll(n, dys, 1, dbs, sb))
PLAIN_REVERSE(SUBTRACT, giveAll(n, dys, 1, das, sa), giveAll(n, dys, -1, dbs, sb))
PLAIN_REVERSE(
    MULTIPLY, giveProducts(n, dys, 1, bs, sb, das, sa), giveProducts(n, dys, 1, as, sa, dbs, sb))

static void multiplyAdd(
    int form, ptrdiff_t n, const double *as, int sa, const double *bs, int sb, const double *cs,
    int sc, double *ys) {
    if (n == 0) return;
#define LOOP(VALUE) \
    WITH_STRIDE(sa, WITH_STRIDE(sb, WITH_STRIDE(sc, BLOCKS({ \
        V a = saKnown ? loadUpTo8(as + i, left) : C(as[0]); \
        V b = sbKnown ? loadUpTo8(bs + i, left) : C(bs[0]); \
        V c = scKnown ? loadUpTo8(cs + i, left) : C(cs[0]); \
        storeUpTo8(ys + i, VALUE, left); \
    }))))
    if (form == VM_PRODUCT_PLUS) LOOP(a * b + c);
    else if (form == VM_PRODUCT_MINUS) LOOP(a * b - c);
    else LOOP(c - a * b);
#undef LOOP
}
static void multiplyAddReverse(
    int form, ptrdiff_t n, const double *as, int sa, const double *bs, int sb, int sc,
    const double *dys, double *das, double *dbs, double *dcs) {
    if (n == 0) return;
    if (form == VM_MINUS_PRODUCT) {
        if (das) giveProducts(n, dys, -1, bs, sb, das, sa);
        if (dbs) giveProducts(n, dys, -1, as, sa, dbs, sb);
    } else {
        if (das) giveProducts(n, dys, 1, bs, sb, das, sa);
        if (dbs) giveProducts(n, dys, 1, as, sa, dbs, sb);
    }
    if (!dcs) return;
    if (form == VM_PRODUCT_MINUS) giveAll(n, dys, -1, dcs, sc);
    else giveAll(n, dys, 1, dcs, sc);
}
