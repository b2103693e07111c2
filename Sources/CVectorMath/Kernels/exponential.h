// SPDX-License-Identifier: GPL-3.0-or-later
// exp and what is made of it.
//
// x = k log 2 + r with |r| <= log(2)/2, k log 2 subtracted in two pieces of which the first has
// 42 bits, so that it is exact; exp(r) = 1 + (r + r^2 P(r)); times 2^k in two steps, so that
// overflow and subnormal results come out as if rounded once.

#define LOG2_HIGH C(0x1.62e42fefa38p-1)
#define LOG2_LOW C(0x1.ef35793c7673p-45)
#define LOG2_E C(0x1.71547652b82fep+0)

// p 2^k for a whole number |k| < 2^11.
INLINE V scaleByPowerOfTwo(V p, V k) {
    V half = F(k, C(0.5), ROUNDER);
    V rest = (k - (half - ROUNDER)) + ROUNDER;
    V first = DOUBLES((BITS(half) + 1023) << 52), second = DOUBLES((BITS(rest) + 1023) << 52);
    return p * first * second;
}
// 2^k for |k| < 1022.
INLINE V powerOfTwo(V k) { return DOUBLES((BITS(k + ROUNDER) + 1023) << 52); }

// Keeps NaN.
INLINE V clampTo(V x, double low, double high) {
    x = choose(x > C(high), C(high), x);
    return choose(x < C(low), C(low), x);
}

// exp(x) = (1 + p) 2^k for |x| <= 1100: returns p. The rounding of r is put back.
INLINE V expReduced(V x, V *k) {
    *k = F(x, LOG2_E, ROUNDER) - ROUNDER;
    V high = F(-*k, LOG2_HIGH, x), r = F(-*k, LOG2_LOW, high);
    V low = F(-*k, LOG2_LOW, high - r);
    return r + F(r * r, expPolynomial(r), low);
}

INLINE V expV(V x) {
    V k, p = expReduced(clampTo(x, -1100, 1100), &k);
    return scaleByPowerOfTwo(1 + p, k);
}
// exp(x + tiny) factor 2^shift, rounded to a subnormal only once.
INLINE V expTimes(V x, V tiny, V factor, double shift) {
    V k, p = expReduced(clampTo(x, -1100, 1100), &k);
    p = p + F(p, tiny, tiny);
    return scaleByPowerOfTwo(F(p, factor, factor), k + C(shift));
}
// exp(x) for x in [-700, 700] (or NaN): one multiplication less.
INLINE V expModerate(V x) {
    V k, p = expReduced(x, &k);
    return (1 + p) * powerOfTwo(k);
}

INLINE V exp2V(V x) {
    x = clampTo(x, -1100, 1100);
    V k = (x + ROUNDER) - ROUNDER, f = x - k;
    V r = f * C(0x1.62e42fefa39efp-1);
    V low = F(f, C(0x1.62e42fefa39efp-1), -r) + f * C(0x1.abc9e3b39803fp-56);
    return scaleByPowerOfTwo(1 + (r + F(r * r, expPolynomial(r), low)), k);
}

// expm1 for x <= 39 or so.
INLINE V expm1Moderate(V x) {
    x = choose(x < C(-50), C(-50), x);
    V k = F(x, LOG2_E, ROUNDER) - ROUNDER;
    V high = F(-k, LOG2_HIGH, x), r = F(-k, LOG2_LOW, high);
    V low = F(-k, LOG2_LOW, high - r);
    V rest = F(r * r, expPolynomial(r), low), scale = powerOfTwo(k), shift = scale - 1;
    V sum = F(scale, r, shift), sumLow = F(scale, r, shift - sum);
    return sum + F(scale, rest, sumLow);
}
INLINE V expm1V(V x) {
    M large = (M)(x > C(38));
    V y = expm1Moderate(choose(large, C(0), x));
    y = choose((M)(x == 0), x, y);
    if (__builtin_expect(any(large), 0)) y = choose(large, expV(x), y);
    return y;
}

INLINE V sinhV(V x) {
    V a = absV(x);
    V t = expm1Moderate(choose((M)(a > C(36)), C(36), a));
    V y = C(0.5) * (t + t / (t + 1));
    if (any((M)(a > C(36)))) y = choose((M)(a > C(36)), expTimes(a, C(0), C(1), -1), y);
    return choose((M)(x != x), x, withSignOf(y, x));
}
INLINE V coshV(V x) {
    V half = expTimes(absV(x), C(0), C(1), -1);
    return half + C(0.25) / half;
}
// Below 0.6 t / (t + 2) with t = expm1(2|x|), above it 1 - 2 / (t + 2).
INLINE V tanhV(V x) {
    V a = absV(x);
    M near = (M)(a < C(0.6));
    V t = expm1Moderate(2 * choose((M)(a > C(20)), C(20), a)), d = t + 2;
    V q = quotient(choose(near, t, C(2)), d, choose(near, t - (d - 2), C(0)));
    return withSignOf(choose(near, q, 1 - q), x);
}
// 1 / cosh^2
INLINE V tanhSlope(V x) {
    V e = expV(-2 * absV(x)), d = 1 + e;
    return 4 * e / (d * d);
}

INLINE V logisticV(V x) {
    V e = expV(-absV(x)), d = 1 + e;
    return quotient(choose((M)(x < 0), e, C(1)), d, e - (d - 1));
}
INLINE V logisticSlope(V x) {
    V e = expV(-absV(x)), d = 1 + e;
    return e / (d * d);
}
