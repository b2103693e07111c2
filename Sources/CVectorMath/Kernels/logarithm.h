// SPDX-License-Identifier: GPL-3.0-or-later
// log and what is made of it.
//
// x = 2^k m with m in [sqrt(1/2), sqrt(2)), f = m - 1, s = f / (2 + f), and as in FreeBSD's msun
// log(1 + f) = f - (f^2/2 - s (f^2/2 + R)), R = s^2 P(s^2): f and f^2/2 are nearly exact.

#define SQRT_HALF_BITS UINT64_C(0x3fe6a09e667f3bcd)
#define MANTISSA_BITS UINT64_C(0x000fffffffffffff)

// The biased exponent as the low bits of 2^52, and m.
INLINE V splitMantissa(V x, U *exponent) {
    U t = BITS(x) + (UINT64_C(0x3ff0000000000000) - SQRT_HALF_BITS);
    *exponent = t >> 52;
    return DOUBLES((t & MANTISSA_BITS) + SQRT_HALF_BITS);
}
INLINE V exponentAsNumber(U biased) {
    return DOUBLES(biased | UINT64_C(0x4330000000000000)) - C(0x1p52 + 1023);
}

// log(2^k (1 + f) + c 2^k) for a tiny correction c.
INLINE V logCore(V k, V f, V c) {
    V s = f / (2 + f), z = s * s, half = C(0.5) * f * f;
    V r = z * logPolynomial(z);
    V inner = F(s, half + r, F(k, LOG2_LOW, c));
    return F(k, LOG2_HIGH, f - (half - inner));
}

// Zero, subnormal, negative, infinite or NaN.
INLINE M notPositiveNormal(V x) {
    return ~((M)(x >= C(SMALLEST_NORMAL)) & (M)(x <= C(LARGEST)));
}
// `y` stands for log(x); puts the special values in.
INLINE V logSpecialValues(V x, V y) {
    y = choose((M)(x == 0), -INFINITY_V, y);
    y = choose((M)(x < 0), NAN_V, y);
    return choose(~(M)(x <= C(LARGEST)), x, y);
}

INLINE V logV(V x) {
    M special = notPositiveNormal(x);
    V m = x, shift = C(0);
    U e;
    if (__builtin_expect(any(special), 0)) {
        M tiny = (M)(x < C(SMALLEST_NORMAL));
        m = choose(tiny, x * 0x1p54, x);
        shift = choose(tiny, C(54), C(0));
        m = splitMantissa(m, &e);
        return logSpecialValues(x, logCore(exponentAsNumber(e) - shift, m - 1, C(0)));
    }
    m = splitMantissa(x, &e);
    return logCore(exponentAsNumber(e), m - 1, C(0));
}

// log1p for -1 < x, x finite. u = 1 + x loses c, which is put back; near 0 f = x itself.
INLINE V log1pModerate(V x) {
    V u = 1 + x, c = (x - (u - 1)) + (1 - (u - (u - 1)));
    U e;
    V f = splitMantissa(u, &e) - 1, k = exponentAsNumber(e);
    M near = (M)(x > C(-0.2928)) & (M)(x < C(0.4142)), far = (M)(x > C(0x1p60));
    c = zeroWhere(far | near, c * DOUBLES((U)(2046 - e) << 52));
    f = choose(near, x, f);
    k = zeroWhere(near, k);
    c = c * F(f, F(f, 1 - f, C(-1)), C(1));  // / (1 + f)
    return logCore(k, f, c);
}
INLINE V log1pV(V x) {
    M special = ~((M)(x > C(-1)) & (M)(x <= C(LARGEST)));
    V y = log1pModerate(x);
    y = choose((M)(x == 0), x, y);
    if (__builtin_expect(any(special), 0)) {
        y = choose((M)(x == C(-1)), -INFINITY_V, y);
        y = choose((M)(x < C(-1)), NAN_V, y);
        y = choose(~(M)(x <= C(LARGEST)), x, y);
    }
    return y;
}
// log(1 + e) for 0 <= e <= 1 (or NaN): the same formula with f = e and a longer polynomial.
INLINE V log1pUnitFrom(V e, V s) {  // s = e / (2 + e)
    V z = s * s, half = C(0.5) * e * e;
    return e - (half - s * F(z, logWidePolynomial(z), half));
}
INLINE V log1pUnit(V e) { return log1pUnitFrom(e, e / (2 + e)); }

INLINE V log1pExpV(V x) {
    return choose((M)(x > 0), x, C(0)) + log1pUnit(expV(-absV(x)));
}
INLINE V logLogisticV(V x) { return -log1pExpV(-x); }
// log(1 - exp(x)), x <= 0.
INLINE V log1mExpV(V x) {
    // 1 - exp(x) = u + c: above -log 2 from expm1, below it 1 - e is rounded and c is the rest.
    V bounded = choose((M)(x < C(-700)), C(-700), x);
    V k = F(bounded, LOG2_E, ROUNDER) - ROUNDER;
    V high = F(-k, LOG2_HIGH, bounded), r = F(-k, LOG2_LOW, high);
    V rest = F(r * r, expPolynomial(r), F(-k, LOG2_LOW, high - r)), scale = powerOfTwo(k);
    V sum = F(scale, r, scale - 1), sumLow = F(scale, r, (scale - 1) - sum);
    V near = -(sum + F(scale, rest, sumLow)), e = F(r + rest, scale, scale);
    M close = (M)(x > C(-0.6931471805599453));
    V u = choose(close, near, 1 - e), c = zeroWhere(close, (1 - u) - e);
    U biased;
    V f = splitMantissa(u, &biased) - 1;
    V exponent = exponentAsNumber(biased);
    c = c * F(exponent, C(-1), C(1));  // 2^-k, k = 0 or -1 where c is not 0
    c = c * F(f, F(f, 1 - f, C(-1)), C(1));
    V y = logCore(exponent, f, c);
    M special = ~((M)(x < C(-0x1p-1000)) & (M)(x > C(-690)));
    if (__builtin_expect(any(special), 0)) {
        V tiny = -expV(x);  // also 0 for -infinity
        y = choose((M)(x <= C(-690)), tiny, y);
        y = choose((M)(x >= C(-0x1p-1000)), logV(-x), y);
        y = choose((M)(x == 0), -INFINITY_V, y);
        y = choose((M)(x != x) | (M)(x > 0), NAN_V, y);
    }
    return y;
}

// log m to about 2^-66 relative, m in [sqrt(1/2), sqrt(2)): *high + *low, not normalised beyond
// |low| << |high|. The first two terms of 2 atanh(s) are carried in pairs of doubles.
INLINE void logMantissa(V m, V k, V *high, V *low) {
    V f = m - 1, d = m + 1, dLow = m - (d - 1), inverse = 1 / d;
    V s = f * inverse, sLow = inverse * F(-s, dLow, F(-s, d, f));
    V z = s * s, zLow = F(2 * s, sLow, F(s, s, -z));
    V tail = z * logTailPolynomial(z), q = C(0x1.5555555555555p-1) + tail;
    V qLow = ((C(0x1.5555555555555p-1) - q) + tail) + C(0x1.5555555555555p-55);
    V t = s * z, tLow = F(s, zLow, F(sLow, z, F(s, z, -t)));
    V u = t * q, uLow = F(t, qLow, F(tLow, q, F(t, q, -u)));
    V a = k * LOG2_HIGH, b = 2 * s;
    V first = a + b, firstLow = b - (first - a);  // |a| > |b| or a = 0
    V second = first + u, secondLow = u - (second - first);
    V rest = (firstLow + secondLow) + (F(k, LOG2_LOW, 2 * sLow) + uLow);
    *high = second + rest;
    *low = rest - (*high - second);
}
// log x as a pair, for a positive finite x (others give nonsense).
INLINE void logPair(V x, V *high, V *low) {
    V shift = C(0);
    M tiny = (M)(x < C(SMALLEST_NORMAL));
    if (__builtin_expect(any(tiny), 0)) {
        x = choose(tiny, x * 0x1p54, x);
        shift = choose(tiny, C(54), C(0));
    }
    U e;
    V m = splitMantissa(x, &e);
    logMantissa(m, exponentAsNumber(e) - shift, high, low);
}
// k + log(m) / log(base), in the same spirit; the constants are 1/log(base) and log(2)/log(base).
INLINE V logToBase(V x, double scale, double scaleLow, double perOctave, double perOctaveLow) {
    M tiny = (M)(x < C(SMALLEST_NORMAL));
    U e;
    V m = splitMantissa(choose(tiny, x * 0x1p54, x), &e);
    V k = exponentAsNumber(e) - choose(tiny, C(54), C(0)), high, low;
    logMantissa(m, C(0), &high, &low);
    V p = high * scale;
    V pLow = F(high, C(scale), -p) + F(high, C(scaleLow), low * scale);
    V a = k * perOctave, sum = a + p;
    V y = sum + ((p - (sum - a)) + F(k, C(perOctaveLow), pLow));
    return any(notPositiveNormal(x)) ? logSpecialValues(x, y) : y;
}
INLINE V log2V(V x) { return logToBase(x, 0x1.71547652b82fep+0, 0x1.777d0ffda0d24p-56, 1, 0); }
INLINE V log10V(V x) {
    return logToBase(x, 0x1.bcb7b1526e50ep-2, 0x1.95355baaafad3p-57, 0x1.34413509f78p-2,
        0x1.fef311f12b358p-46);
}

INLINE V logitV(V x) {
    // log(x / (1 - x)); near 1/2 as log1p((2 x - 1) / (1 - x)).
    V d = 1 - x;
    M near = (M)(x > C(0.35)) & (M)(x < C(0.65));
    V y = log1pModerate(choose(near, quotient(F(C(2), x, C(-1)), d, (1 - d) - x), C(0)));
    if (any(~near)) y = choose(near, y, logV(x) - log1pV(-x));
    return y;
}

INLINE V asinhV(V x) {
    V a = absV(x);
    M large = (M)(a > C(0x1p28));
    V b = choose(large, C(1), a), square = b * b;
    V y = log1pModerate(b + square / (1 + sqrtV(1 + square)));
    if (any(large)) y = choose(large, logV(a) + C(0x1.62e42fefa39efp-1), y);
    return choose((M)(x == 0), x, withSignOf(y, x));
}
INLINE V acoshV(V x) {
    M large = (M)(x > C(0x1p28));
    V t = choose(large, C(1), x) - 1;
    V y = log1pV(t + sqrtV(F(t, t, 2 * t)));
    if (any(large)) y = choose(large, logV(x) + C(0x1.62e42fefa39efp-1), y);
    return choose((M)(x < C(1)), NAN_V, y);
}
INLINE V atanhV(V x) {
    V a = absV(x);
    V y = C(0.5) * log1pV(2 * a / (1 - a));
    y = choose((M)(a > C(1)), NAN_V, y);
    return choose((M)(x == 0), x, withSignOf(y, x));
}
