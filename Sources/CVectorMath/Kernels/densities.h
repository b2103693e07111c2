// SPDX-License-Identifier: GPL-3.0-or-later
// Sums of log densities with their partial derivatives in one sweep.
//
// Each density is a block function: eight elements in, the sum of its terms and the partials out.
// A parameter outside its domain (or NaN) makes the whole sum NaN; a value outside the support
// makes it -infinity, and that element has no partials.
//
// Under VM_DROP_CONSTANTS a term is left out when it depends on constant arguments only, under
// VM_ONLY_CONSTANTS when it does not.

typedef struct {
    Operand arguments[4];
    Adjoint adjoints[4];
    V total;      // of the elements
    M rejected;   // parameters outside the domain
    M impossible; // values outside the support
    V scale;
    uint32_t flags;
} Sweep;

enum { inY = 1, in1 = 2, in2 = 4, in3 = 8 };

// Whether a term that depends on these arguments is to be added.
INLINE int keeps(const Sweep *s, uint32_t arguments) {
    int varies = (s->flags & arguments) != 0;
    if (s->flags & VM_DROP_CONSTANTS) return varies;
    return s->flags & VM_ONLY_CONSTANTS ? !varies : 1;
}
INLINE int wants(const Sweep *s, int k) { return s->adjoints[k].values != 0; }
INLINE V argumentOf(const Sweep *s, int k, ptrdiff_t i, ptrdiff_t left) {
    return lanesOf(&s->arguments[k], i, left);
}
INLINE void addTerm(Sweep *s, ptrdiff_t left, V term) {
    s->total += left >= 8 ? term : firstLanes(term, left);
}
INLINE void addPartial(Sweep *s, int k, ptrdiff_t i, ptrdiff_t left, V partial) {
    give(&s->adjoints[k], i, left, s->scale * partial);
}

INLINE Sweep beginSweep(
    int count, ptrdiff_t n, const double *const *arguments, const int *strides,
    double *const *adjoints, double scale, uint32_t flags) {
    Sweep s = {.scale = C(scale), .flags = flags};
    for (int k = 0; k < count; k++) {
        s.arguments[k] = operand(n, arguments[k], strides[k]);
        s.adjoints[k] = adjoint(adjoints[k], strides[k]);
    }
    return s;
}
INLINE double endSweep(Sweep *s, int count, double offset) {
    for (int k = 0; k < count; k++) finish(&s->adjoints[k]);
    if (any(s->rejected)) return __builtin_nan("");
    double total = sumOfLanes(s->total) + offset;
    if (total != total) return total;
    return any(s->impossible) ? -__builtin_inf() : total;
}

// A density: SETUP once, BLOCK for each eight elements, OFFSET added to the sum.
#define DENSITY(NAME, COUNT, SETUP, BLOCK, OFFSET) \
    static double density_##NAME( \
        ptrdiff_t n, const double *const *arguments, const int *strides, \
        double *const *adjoints, double scale, uint32_t flags) { \
        Sweep sweep = beginSweep(COUNT, n, arguments, strides, adjoints, scale, flags); \
        Sweep *s = &sweep; \
        SETUP \
        for (ptrdiff_t i = 0; i < n; i += 8) { \
            ptrdiff_t left = n - i; \
            BLOCK \
        } \
        return endSweep(s, COUNT, OFFSET); \
    }
// In SETUP: a function of an argument, once if it is common to all elements and needed;
// in BLOCK: its value.
#define COMMON(NAME, K, FUNCTION, NEEDED) \
    V NAME = C(0); \
    if (strides[K] == 0 && n > 0 && (NEEDED)) NAME = FUNCTION(s->arguments[K].everywhere);
#define SHARED(NAME, K, FUNCTION, VALUE) if (strides[K]) NAME = FUNCTION(VALUE)
INLINE V reciprocalV(V x) { return 1 / x; }
#define ARGUMENT(NAME, K) V NAME = argumentOf(s, K, i, left)
#define PARTIAL(K, VALUE) if (wants(s, K)) addPartial(s, K, i, left, VALUE)
#define REJECT_UNLESS(CONDITION) s->rejected |= ~(CONDITION)
#define POSITIVE(X) ((M)((X) > 0))
#define NUMBER(X) ((M)((X) == (X)))

// normal(y, mean, deviation). The reciprocal of a common deviation is taken once.
static double density_NORMAL(
    ptrdiff_t n, const double *const *arguments, const int *strides,
    double *const *adjoints, double scale, uint32_t flags) {
    Sweep sweep = beginSweep(3, n, arguments, strides, adjoints, scale, flags), *s = &sweep;
    double offset = keeps(s, 0) ? -HALF_LOG_2PI * (double)n : 0;
    int logTerm = keeps(s, in2), squareTerm = keeps(s, inY | in1 | in2);
    if (strides[2] == 0) {
        if (n == 0) return 0;
        double deviation = arguments[2][0], inverse = 1 / deviation, slope = scale * inverse;
        REJECT_UNLESS(POSITIVE(C(deviation)));
        const double *ys = arguments[0], *means = arguments[1];
        double *dys = adjoints[0], *dmeans = adjoints[1];
        int sy = strides[0], sm = strides[1];
        V squares = C(0), yGiven = C(0), meanGiven = C(0);
#define LOOP(WANT_Y, WANT_MEAN) \
    WITH_STRIDE(sy, WITH_STRIDE(sm, BLOCKS({ \
        V y = syKnown ? loadUpTo8(ys + i, left) : C(ys[0]); \
        V mean = smKnown ? loadUpTo8(means + i, left) : C(means[0]); \
        V z = (y - mean) * inverse, kept = left >= 8 ? z : firstLanes(z, left); \
        squares = F(kept, kept, squares); \
        if (WANT_Y && syKnown) storeUpTo8(dys + i, loadUpTo8(dys + i, left) - z * slope, left); \
        else if (WANT_Y) yGiven -= kept * slope; \
        if (WANT_MEAN && smKnown) \
            storeUpTo8(dmeans + i, loadUpTo8(dmeans + i, left) + z * slope, left); \
        else if (WANT_MEAN) meanGiven += kept * slope; \
    })))
        if (dys && dmeans) LOOP(1, 1);
        else if (dys) LOOP(1, 0);
        else if (dmeans) LOOP(0, 1);
        else LOOP(0, 0);
#undef LOOP
        s->adjoints[0].sum = yGiven;
        s->adjoints[1].sum = meanGiven;
        double total = sumOfLanes(squares);
        if (wants(s, 2))
            s->adjoints[2].sum[0] = (total - (double)n) * slope;
        if (squareTerm) offset += -0.5 * total;
        if (logTerm) offset -= (double)n * logV(C(deviation))[0];
        return endSweep(s, 3, offset);
    }
    for (ptrdiff_t i = 0; i < n; i += 8) {
        ptrdiff_t left = n - i;
        ARGUMENT(y, 0);
        ARGUMENT(mean, 1);
        ARGUMENT(deviation, 2);
        REJECT_UNLESS(POSITIVE(deviation));
        V inverse = 1 / deviation, z = (y - mean) * inverse, term = C(0);
        if (squareTerm) term = C(-0.5) * z * z;
        if (logTerm) term -= logV(deviation);
        addTerm(s, left, term);
        PARTIAL(0, -(z * inverse));
        PARTIAL(1, z * inverse);
        PARTIAL(2, F(z, z, C(-1)) * inverse);
    }
    return endSweep(s, 3, offset);
}

DENSITY(STD_NORMAL, 1, , {
    ARGUMENT(y, 0);
    if (keeps(s, inY)) addTerm(s, left, C(-0.5) * y * y);
    PARTIAL(0, -y);
}, keeps(s, 0) ? -HALF_LOG_2PI * (double)n : 0)

// bernoulli_logit(y, logit): -log(1 + exp(-t)), t = logit or -logit.
DENSITY(BERNOULLI_LOGIT, 2, , {
    ARGUMENT(y, 0);
    ARGUMENT(logit, 1);
    REJECT_UNLESS(NUMBER(logit) & NUMBER(y));
    M zero = (M)(y == 0);
    M outside = ~(zero | (M)(y == 1));
    s->impossible |= outside;
    V t = negateWhere(zero, logit);
    V e = expV(-absV(t));
    // One division serves e / (2 + e) and 1 / (1 + e).
    V d = 1 + e;
    V inverse = 1 / (d * (2 + e));
    if (keeps(s, inY | in1)) {
        V logged = log1pUnitFrom(e, e * d * inverse);
        addTerm(s, left, choose((M)(t < 0), t, C(0)) - logged);
    }
    if (wants(s, 1)) {
        V slope = choose((M)(t < 0), C(1), e) * ((2 + e) * inverse);
        addPartial(s, 1, i, left, zeroWhere(outside, negateWhere(zero, slope)));
    }
}, 0)

// poisson_log(y, log rate)
DENSITY(POISSON_LOG, 2, , {
    ARGUMENT(y, 0);
    ARGUMENT(logRate, 1);
    REJECT_UNLESS(NUMBER(logRate) & NUMBER(y));
    M outside = (M)(y < 0) | (M)(floorV(y) != y);
    s->impossible |= outside;
    V rate = expV(logRate);
    V term = C(0);
    if (keeps(s, in1)) term -= rate;
    if (keeps(s, inY | in1)) term += zeroWhere((M)(y == 0), y * logRate);
    if (keeps(s, inY)) term -= logGammaV(y + 1);
    addTerm(s, left, zeroWhere(outside, term));
    PARTIAL(0, zeroWhere(outside, logRate - digammaV(y + 1)));
    PARTIAL(1, zeroWhere(outside, y - rate));
}, 0)

// log Gamma((nu + 1)/2) - log Gamma(nu/2) - log(nu)/2
INLINE V studentNormaliser(V nu) {
    return logGammaHalfStep(C(0.5) * nu) - C(0.5) * logV(nu);
}
// student_t(y, degrees of freedom, location, scale)
DENSITY(STUDENT_T, 4,
    COMMON(inverse, 3, reciprocalV, 1)
    COMMON(logWidth, 3, logV, keeps(s, in3))
    COMMON(inverseNu, 1, reciprocalV, 1)
    V normaliser = C(0); V slope = C(0);
    if (strides[1] == 0 && n > 0) {
        V nu = s->arguments[1].everywhere;
        if (keeps(s, in1)) normaliser = studentNormaliser(nu);
        if (wants(s, 1)) slope = logGammaHalfStepSlope(C(0.5) * nu);
    }
, {
    ARGUMENT(y, 0);
    ARGUMENT(nu, 1);
    ARGUMENT(location, 2);
    ARGUMENT(width, 3);
    REJECT_UNLESS(POSITIVE(nu) & POSITIVE(width) & NUMBER(location) & NUMBER(y));
    SHARED(inverse, 3, reciprocalV, width);
    SHARED(inverseNu, 1, reciprocalV, nu);
    V z = (y - location) * inverse;
    V square = z * z;
    V logged = log1pV(square * inverseNu);
    V term = C(0);
    if (keeps(s, in1)) {
        SHARED(normaliser, 1, studentNormaliser, nu);
        term = normaliser;
    }
    if (keeps(s, in3)) {
        SHARED(logWidth, 3, logV, width);
        term -= logWidth;
    }
    if (keeps(s, inY | in1 | in2 | in3)) term = F(C(-0.5) * (nu + 1), logged, term);
    addTerm(s, left, term);
    V pull = (nu + 1) * z / (square + nu);
    PARTIAL(0, -(pull * inverse));
    PARTIAL(2, pull * inverse);
    PARTIAL(3, F(pull, z, C(-1)) * inverse);
    if (wants(s, 1)) {
        SHARED(slope, 1, logGammaHalfStepSlope, C(0.5) * nu);
        addPartial(s, 1, i, left, C(0.5) * (slope - logged + pull * z * inverseNu));
    }
}, keeps(s, 0) ? -0x1.250d048e7a1bdp-1 * (double)n : 0)

// gamma(y, shape, rate)
DENSITY(GAMMA, 3,
    COMMON(logRate, 2, logV, wants(s, 1) || keeps(s, in1 | in2))
    V logGammaShape = C(0); V digammaShape = C(0);
    if (strides[1] == 0 && n > 0) {
        V shape = s->arguments[1].everywhere;
        if (keeps(s, in1)) logGammaShape = logGammaV(shape);
        if (wants(s, 1)) digammaShape = digammaV(shape);
    }
, {
    ARGUMENT(y, 0);
    ARGUMENT(shape, 1);
    ARGUMENT(rate, 2);
    REJECT_UNLESS(POSITIVE(shape) & POSITIVE(rate) & NUMBER(y));
    M outside = (M)(y < 0);
    s->impossible |= outside;
    V logY = logV(y);
    SHARED(logRate, 2, logV, rate);
    V term = C(0);
    if (keeps(s, in1)) term -= strides[1] ? logGammaV(shape) : logGammaShape;
    if (keeps(s, in1 | in2)) term = F(shape, logRate, term);
    if (keeps(s, in1 | inY)) term += zeroWhere((M)(shape == 1), (shape - 1) * logY);
    if (keeps(s, in2 | inY)) term -= rate * y;
    addTerm(s, left, zeroWhere(outside, term));
    PARTIAL(0, zeroWhere(outside, (shape - 1) / y - rate));
    PARTIAL(1, zeroWhere(outside,
        logRate + logY - (strides[1] ? digammaV(shape) : digammaShape)));
    PARTIAL(2, zeroWhere(outside, shape / rate - y));
}, 0)

// exponential(y, rate)
DENSITY(EXPONENTIAL, 2,
    COMMON(logRate, 1, logV, keeps(s, in1))
    COMMON(inverse, 1, reciprocalV, wants(s, 1))
, {
    ARGUMENT(y, 0);
    ARGUMENT(rate, 1);
    REJECT_UNLESS(POSITIVE(rate) & NUMBER(y));
    M outside = (M)(y < 0);
    s->impossible |= outside;
    V term = C(0);
    if (keeps(s, in1)) {
        SHARED(logRate, 1, logV, rate);
        term = logRate;
    }
    if (keeps(s, in1 | inY)) term -= rate * y;
    addTerm(s, left, zeroWhere(outside, term));
    PARTIAL(0, zeroWhere(outside, -rate));
    SHARED(inverse, 1, reciprocalV, rate);
    PARTIAL(1, zeroWhere(outside, inverse - y));
}, 0)

// cauchy(y, location, scale)
DENSITY(CAUCHY, 3,
    COMMON(inverse, 2, reciprocalV, 1)
    COMMON(logWidth, 2, logV, keeps(s, in2))
, {
    ARGUMENT(y, 0);
    ARGUMENT(location, 1);
    ARGUMENT(width, 2);
    REJECT_UNLESS(POSITIVE(width) & NUMBER(location) & NUMBER(y));
    SHARED(inverse, 2, reciprocalV, width);
    V z = (y - location) * inverse;
    // 1 + z^2 and its reciprocal, without overflow
    V bounded = clampTo(z, -0x1p500, 0x1p500);
    V one = F(bounded, bounded, C(1));
    V reciprocal = 1 / one;
    V term = C(0);
    if (keeps(s, in2)) {
        SHARED(logWidth, 2, logV, width);
        term -= logWidth;
    }
    if (keeps(s, inY | in1 | in2)) {
        // log(1 + z^2): of the rounded sum, and what the rounding lost
        V logged = F(F(bounded, bounded, 1 - one), reciprocal, logV(one));
        M far = (M)(absV(z) > C(0x1p500));
        if (__builtin_expect(any(far), 0)) logged = choose(far, 2 * logV(absV(z)), logged);
        term -= logged;
    }
    addTerm(s, left, term);
    V pull = 2 * bounded * reciprocal;
    PARTIAL(0, -(pull * inverse));
    PARTIAL(1, pull * inverse);
    PARTIAL(2, F(pull, bounded, C(-1)) * inverse);
}, keeps(s, 0) ? -0x1.250d048e7a1bdp+0 * (double)n : 0)

// lognormal(y, log mean, log deviation)
DENSITY(LOGNORMAL, 3,
    COMMON(inverse, 2, reciprocalV, 1)
    COMMON(logDeviation, 2, logV, keeps(s, in2))
, {
    ARGUMENT(y, 0);
    ARGUMENT(mean, 1);
    ARGUMENT(deviation, 2);
    REJECT_UNLESS(POSITIVE(deviation) & NUMBER(mean) & NUMBER(y));
    M outside = (M)(y <= 0);
    s->impossible |= outside;
    V logY = logV(y);
    SHARED(inverse, 2, reciprocalV, deviation);
    V z = (logY - mean) * inverse;
    V term = C(0);
    if (keeps(s, in2)) {
        SHARED(logDeviation, 2, logV, deviation);
        term -= logDeviation;
    }
    if (keeps(s, inY)) term -= logY;
    if (keeps(s, inY | in1 | in2)) term -= C(0.5) * z * z;
    addTerm(s, left, zeroWhere(outside, term));
    PARTIAL(0, zeroWhere(outside, -F(z, inverse, C(1)) / y));
    PARTIAL(1, zeroWhere(outside, z * inverse));
    PARTIAL(2, zeroWhere(outside, F(z, z, C(-1)) * inverse));
}, keeps(s, 0) ? -HALF_LOG_2PI * (double)n : 0)

// beta(y, a, b)
DENSITY(BETA, 3,
    V logNormaliser = C(0); V slopeA = C(0); V slopeB = C(0);
    int common = strides[1] == 0 && strides[2] == 0;
    if (common && n > 0) {
        V a = s->arguments[1].everywhere;
        V b = s->arguments[2].everywhere;
        if (keeps(s, in1 | in2)) logNormaliser = logBetaV(a, b);
        if (wants(s, 1)) slopeA = digammaV(a + b) - digammaV(a);
        if (wants(s, 2)) slopeB = digammaV(a + b) - digammaV(b);
    }
, {
    ARGUMENT(y, 0);
    ARGUMENT(a, 1);
    ARGUMENT(b, 2);
    REJECT_UNLESS(POSITIVE(a) & POSITIVE(b) & NUMBER(y));
    M outside = (M)(y < 0) | (M)(y > 1);
    s->impossible |= outside;
    V logY = logV(y);
    V logRest = log1pV(-y);
    V term = C(0);
    if (keeps(s, in1 | in2)) term -= common ? logNormaliser : logBetaV(a, b);
    if (keeps(s, in1 | inY)) term += zeroWhere((M)(a == 1), (a - 1) * logY);
    if (keeps(s, in2 | inY)) term += zeroWhere((M)(b == 1), (b - 1) * logRest);
    addTerm(s, left, zeroWhere(outside, term));
    PARTIAL(0, zeroWhere(outside, (a - 1) / y - (b - 1) / (1 - y)));
    if (!common && (wants(s, 1) || wants(s, 2))) {
        V both = digammaV(a + b);
        if (wants(s, 1)) slopeA = both - digammaV(a);
        if (wants(s, 2)) slopeB = both - digammaV(b);
    }
    PARTIAL(1, zeroWhere(outside, logY + slopeA));
    PARTIAL(2, zeroWhere(outside, logRest + slopeB));
}, 0)

// binomial_logit(y, trials, logit): log choose - log(trials + 1) - log Beta
DENSITY(BINOMIAL_LOGIT, 3, , {
    ARGUMENT(y, 0);
    ARGUMENT(trials, 1);
    ARGUMENT(logit, 2);
    REJECT_UNLESS(NUMBER(logit) & NUMBER(y) & (M)(trials >= 0));
    M outside = (M)(y < 0) | (M)(y > trials) | (M)(floorV(y) != y);
    s->impossible |= outside;
    V failures = trials - y;
    V e = expV(-absV(logit));
    V logged = log1pUnit(e);
    V logSuccess = choose((M)(logit < 0), logit, C(0)) - logged;   // log logistic(logit)
    V logFailure = choose((M)(logit > 0), -logit, C(0)) - logged;
    V term = C(0);
    if (keeps(s, inY | in1)) term -= log1pV(trials) + logBetaV(y + 1, failures + 1);
    if (keeps(s, inY | in1 | in2)) {
        term += zeroWhere((M)(y == 0), y * logSuccess);
        term += zeroWhere((M)(failures == 0), failures * logFailure);
    }
    addTerm(s, left, zeroWhere(outside, term));
    if (wants(s, 0) || wants(s, 1)) {
        V down = digammaV(failures + 1);
        PARTIAL(0, zeroWhere(outside, logit + (down - digammaV(y + 1))));
        PARTIAL(1, zeroWhere(outside, logFailure + (digammaV(trials + 1) - down)));
    }
    if (wants(s, 2)) {
        V small = e / (1 + e);
        V large = 1 / (1 + e);
        V p = choose((M)(logit < 0), small, large);
        V q = choose((M)(logit < 0), large, small);
        addPartial(s, 2, i, left, zeroWhere(outside, y * q - failures * p));
    }
}, 0)
