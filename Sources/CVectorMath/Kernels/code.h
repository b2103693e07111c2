// SPDX-License-Identifier: GPL-3.0-or-later
// Programs of scalar steps, for what cannot be done in arrays: recurrences over time, the
// right-hand sides of small differential equations.
//
// A step's result stays at hand for the next one (`carried`), so that a chain of dependent steps
// waits for arithmetic alone and not for memory; on the way back the adjoint of that result is
// carried the same way.

// name, value, partial in a, partial in b, given x, y and the result r
#define CODE_BINARY(X) \
    X(ADD, x + y, g, g) \
    X(SUBTRACT, x - y, g, -g) \
    X(MULTIPLY, x * y, g * y, g * x) \
    X(DIVIDE, x / y, g * (1 / y), -(g * (1 / y) * r)) \
    X(MINIMUM, x <= y || x != x ? x : y, x <= y ? g : 0, x <= y ? 0 : g) \
    X(MAXIMUM, x >= y || x != x ? x : y, x >= y ? g : 0, x >= y ? 0 : g)
#define CODE_UNARY(X) \
    X(NEGATE, -x, -g) \
    X(SQUARE, x * x, g * (2 * x)) \
    X(RECIPROCAL, 1 / x, g * -(r * r)) \
    X(SQRT, __builtin_sqrt(x), g * (0.5 / r)) \
    X(ABS, __builtin_fabs(x), x > 0 ? g : x < 0 ? -g : 0)

#define CODE_FLAGS 12  // bits of the count below the flags
#define CODE_COUNT(c) ((c)->count & ((1 << CODE_FLAGS) - 1))
#define CODE_FLAG(c, k) ((c)->count >> (CODE_FLAGS + (k)) & 1)

static const vm_unary_forward codeUnary[] = {
#define X(NAME, ...) [VM_##NAME] = forward_##NAME,
    UNARY_FUNCTIONS(X)
#undef X
};
static const vm_unary_reverse codeUnaryReverse[] = {
#define X(NAME, ...) [VM_##NAME] = reverse_##NAME,
    UNARY_FUNCTIONS(X)
#undef X
};
static const vm_binary_forward codeBinary[] = {
#define X(NAME, ...) [VM_##NAME] = binary_##NAME,
    PLAIN_FUNCTIONS(X) BINARY_FUNCTIONS(X)
#undef X
};
static const vm_binary_reverse codeBinaryReverse[] = {
#define X(NAME, ...) [VM_##NAME] = binaryReverse_##NAME,
    PLAIN_FUNCTIONS(X) BINARY_FUNCTIONS(X)
#undef X
};

// log(sum of exp(x_k)) of K operands in each of n lanes. The weights exp(x_k - result), which are
// the partial derivatives, are kept, operand by operand.
static void logSumExps(const vm_code *c, double *v) {
    ptrdiff_t n = c->b, count = CODE_COUNT(c);
    for (ptrdiff_t i = 0; i < n; i += 8) {
        ptrdiff_t left = n - i;
        V x[VM_LOG_SUM_EXPS_LIMIT], largest = -INFINITY_V, s = C(0);
        for (ptrdiff_t k = 0; k < count; k++) {
            const vm_code *o = c + 1 + k;
            x[k] = o->out ? loadUpTo8(v + o->a + i, left) : C(v[o->a]);
            largest = choose((M)(x[k] > largest), x[k], largest);
        }
        V shift = choose((M)(absV(largest) == INFINITY_V), C(0), largest);
        for (ptrdiff_t k = 0; k < count; k++) {
            x[k] = expV(x[k] - shift);
            s += x[k];
        }
        storeUpTo8(v + c->out + i, shift + logV(s), left);
        V inverse = choose((M)(s == 0), C(0), 1 / s);
        for (ptrdiff_t k = 0; k < count; k++)
            storeUpTo8(v + c->a + k * n + i, x[k] * inverse, left);
    }
}
static void logSumExpsReverse(const vm_code *c, const double *v, double *d) {
    ptrdiff_t n = c->b, count = CODE_COUNT(c);
    const double *weights = v + c->a;
    for (ptrdiff_t k = 1; k <= count; k++, weights += n) {
        if (!c[k].b) continue;
        Adjoint to = adjoint(d + c[k].a, c[k].out);
        for (ptrdiff_t i = 0; i < n; i += 8) {
            V dy = loadUpTo8(d + c->out + i, n - i), w = loadUpTo8(weights + i, n - i);
            give(&to, i, n - i, dy * w);
        }
        finish(&to);
    }
}

#define CODE_LABELS(X) \
    [VM_CODE_START] = &&START, [VM_CODE_END] = &&END, [VM_CODE_MOVE] = &&MOVE, \
    [VM_CODE_SELECT] = &&SELECT, [VM_CODE_OPERAND] = &&OPERAND, \
    [VM_CODE_LOG_SUM_EXPS] = &&LOG_SUM_EXPS, \
    [VM_CODE_SUM] = &&SUM, [VM_CODE_DOT] = &&DOT, [VM_CODE_LOG_SUM_EXP] = &&LOG_SUM_EXP, \
    [VM_CODE_CALL_UNARY] = &&CALL_UNARY, [VM_CODE_CALL_BINARY] = &&CALL_BINARY,
#define BINARY_LABELS(NAME, ...) \
    [VM_CODE_##NAME] = &&NAME, [VM_CODE_##NAME + 1] = &&NAME##_A, \
    [VM_CODE_##NAME + 2] = &&NAME##_B,
#define UNARY_LABELS(NAME, ...) [VM_CODE_##NAME] = &&NAME, [VM_CODE_##NAME + 1] = &&NAME##_A,

static void runCode(const vm_code *c, double *v) {
    static const void *const labels[] = {
        CODE_LABELS() CODE_BINARY(BINARY_LABELS) CODE_UNARY(UNARY_LABELS)};
    double carried = 0;
#define NEXT() \
    do { \
        c++; \
        goto *labels[c->op]; \
    } while (0)
#define RESULT(VALUE) \
    do { \
        carried = VALUE; \
        v[c->out] = carried; \
        NEXT(); \
    } while (0)
#define X(NAME, VALUE, ...) \
    NAME: { \
        double x = v[c->a], y = v[c->b]; \
        RESULT((VALUE)); \
    } \
    NAME##_A: { \
        double x = carried, y = v[c->b]; \
        RESULT((VALUE)); \
    } \
    NAME##_B: { \
        double x = v[c->a], y = carried; \
        RESULT((VALUE)); \
    }
    goto *labels[c->op];
    CODE_BINARY(X)
#undef X
#define X(NAME, VALUE, ...) \
    NAME: { \
        double x = v[c->a]; \
        RESULT((VALUE)); \
    } \
    NAME##_A: { \
        double x = carried; \
        RESULT((VALUE)); \
    }
    CODE_UNARY(X)
#undef X
START:
    NEXT();
OPERAND:  // read by the step before
    NEXT();
MOVE:
    RESULT(v[c->a]);
SELECT:
    RESULT((v[c[1].a] != 0 ? v[c->a] : v[c->b]));
LOG_SUM_EXPS:
    logSumExps(c, v);
    carried = v[c->out];
    NEXT();
SUM:
    RESULT(sum(CODE_COUNT(c), v + c->a));
DOT:
    RESULT(dot(CODE_COUNT(c), v + c->a, 1, v + c->b, 1));
LOG_SUM_EXP:
    RESULT(logSumExp(CODE_COUNT(c), v + c->a));
CALL_UNARY:
    codeUnary[c->function](CODE_COUNT(c), v + c->a, v + c->out);
    carried = v[c->out];
    NEXT();
CALL_BINARY:
    codeBinary[c->function](
        CODE_COUNT(c), v + c->a, CODE_FLAG(c, 0), v + c->b, CODE_FLAG(c, 1), v + c->out);
    carried = v[c->out];
    NEXT();
END:
    return;
#undef NEXT
#undef RESULT
}

// c is the last step; the adjoints of what is constant are written and never read.
static void reverseCode(const vm_code *c, const double *v, double *d) {
    static const void *const labels[] = {
        CODE_LABELS() CODE_BINARY(BINARY_LABELS) CODE_UNARY(UNARY_LABELS)};
    double carried = 0;  // the part of the result's adjoint that the following step gave
#define PREVIOUS(CARRY) \
    do { \
        carried = CARRY; \
        c--; \
        goto *labels[c->op]; \
    } while (0)
#define X(NAME, VALUE, IN_A, IN_B) \
    NAME: { \
        double g = d[c->out] + carried, x = v[c->a], y = v[c->b], r = v[c->out]; \
        (void)x, (void)y, (void)r; \
        d[c->a] += IN_A; \
        d[c->b] += IN_B; \
        PREVIOUS(0); \
    } \
    NAME##_A: { \
        double g = d[c->out] + carried, x = v[c->a], y = v[c->b], r = v[c->out]; \
        (void)x, (void)y, (void)r; \
        d[c->b] += IN_B; \
        PREVIOUS((IN_A)); \
    } \
    NAME##_B: { \
        double g = d[c->out] + carried, x = v[c->a], y = v[c->b], r = v[c->out]; \
        (void)x, (void)y, (void)r; \
        d[c->a] += IN_A; \
        PREVIOUS((IN_B)); \
    }
    goto *labels[c->op];
    CODE_BINARY(X)
#undef X
#define X(NAME, VALUE, IN_A) \
    NAME: { \
        double g = d[c->out] + carried, x = v[c->a], r = v[c->out]; \
        (void)x, (void)r; \
        d[c->a] += IN_A; \
        PREVIOUS(0); \
    } \
    NAME##_A: { \
        double g = d[c->out] + carried, x = v[c->a], r = v[c->out]; \
        (void)x, (void)r; \
        PREVIOUS((IN_A)); \
    }
    CODE_UNARY(X)
#undef X
END:
    PREVIOUS(0);
OPERAND:
    PREVIOUS(carried);
MOVE:
    d[c->a] += d[c->out] + carried;
    PREVIOUS(0);
SELECT:
    d[v[c[1].a] != 0 ? c->a : c->b] += d[c->out] + carried;
    PREVIOUS(0);
LOG_SUM_EXPS:
    d[c->out] += carried;
    logSumExpsReverse(c, v, d);
    PREVIOUS(0);
SUM:
    addScalar(CODE_COUNT(c), d[c->out] + carried, d + c->a);
    PREVIOUS(0);
DOT: {
    double g = d[c->out] + carried;
    axpy(CODE_COUNT(c), g, v + c->b, d + c->a);
    axpy(CODE_COUNT(c), g, v + c->a, d + c->b);
    PREVIOUS(0);
}
LOG_SUM_EXP:
    logSumExpReverse(CODE_COUNT(c), v + c->a, v[c->out], d[c->out] + carried, d + c->a);
    PREVIOUS(0);
CALL_UNARY:
    d[c->out] += carried;
    codeUnaryReverse[c->function](CODE_COUNT(c), v + c->a, v + c->out, d + c->out, d + c->a);
    PREVIOUS(0);
CALL_BINARY:
    d[c->out] += carried;
    codeBinaryReverse[c->function](
        CODE_COUNT(c), v + c->a, CODE_FLAG(c, 0), v + c->b, CODE_FLAG(c, 1), v + c->out,
        d + c->out, CODE_FLAG(c, 2) ? d + c->a : (double *)0,
        CODE_FLAG(c, 3) ? d + c->b : (double *)0);
    PREVIOUS(0);
START:
    return;
#undef PREVIOUS
}
