// SPDX-License-Identifier: GPL-3.0-or-later
// sin, cos, tan and their inverses.
//
// x = k pi/2 + r. Up to 2^30 in three pieces with fused multiply-adds: x - k P1 is exact because
// it is a multiple of the last bit of P1 and below 1. Beyond, lane by lane with integers (Payne
// and Hanek): x (2/pi) modulo 4 needs only a window of the bits of 2/pi.

#define HALF_PI C(0x1.921fb54442d18p+0)
#define HALF_PI_LOW C(0x1.1a62633145c07p-54)

OUTLINE double reduceHugeAngle(double x, double *low, uint64_t *quadrant) {
    union { double d; uint64_t u; } bits = {.d = x};
    int exponent = (int)(bits.u >> 52 & 0x7ff) - 1075;  // |x| = m 2^exponent
    uint64_t m = (bits.u & MANTISSA_BITS) | (UINT64_C(1) << 52);
    int position = exponent - 2 + 64, word = position >> 6, shift = position & 63;
    uint64_t window[3];  // frac(2^(exponent - 2) 2/pi) in units of 2^-192
    for (int i = 0; i < 3; i++) {
        uint64_t a = twoOverPi[word + i], b = twoOverPi[word + i + 1];
        window[i] = shift ? a << shift | b >> (64 - shift) : a;
    }
    // |x| (2/pi) / 4 modulo 1
    unsigned __int128 t = (unsigned __int128)m * window[2];
    uint64_t w0 = (uint64_t)t;
    t = (t >> 64) + (unsigned __int128)m * window[1];
    uint64_t w1 = (uint64_t)t, w2 = (uint64_t)(t >> 64) + m * window[0];
    uint64_t q = (w2 + (UINT64_C(1) << 61)) >> 62;
    w2 -= q << 62;
    int negative = w2 >> 63 != 0;
    if (negative) {
        w0 = ~w0 + 1;
        w1 = ~w1 + (w0 == 0);
        w2 = ~w2 + (w0 == 0 && w1 == 0);
    }
    double unit = 0x1p-64;
    while (w2 >> 63 == 0) {  // at most some 64 times
        w2 = w2 << 1 | w1 >> 63;
        w1 = w1 << 1 | w0 >> 63;
        w0 <<= 1;
        unit *= 0.5;
    }
    double high = (double)(w2 & ~UINT64_C(0x7ff)) * unit;
    double rest = ((double)(w2 & 0x7ff) + (double)(w1 >> 11) * 0x1p-53) * unit;
    // times 2 pi
    double r = high * 0x1.921fb54442d18p+2;
    double rLow = __builtin_elementwise_fma(high, 0x1.921fb54442d18p+2, -r)
        + (high * 0x1.1a62633145c07p-52 + rest * 0x1.921fb54442d18p+2);
    double sum = r + rLow;
    rLow = rLow - (sum - r);
    if (negative != (x < 0)) {
        sum = -sum;
        rLow = -rLow;
    }
    *low = rLow;
    *quadrant = x < 0 ? -q : q;
    return sum;
}
OUTLINE V reduceHugeAngles(V x, V r, V *low, U *quadrant) {
    for (int i = 0; i < 8; i++) {
        double lane = x[i], laneLow = 0;
        if (!(lane > 0x1p30 || lane < -0x1p30)) continue;
        uint64_t q = 0;
        r[i] = lane - lane == 0 ? reduceHugeAngle(lane, &laneLow, &q) : __builtin_nan("");
        (*low)[i] = laneLow;
        (*quadrant)[i] = q;
    }
    return r;
}
INLINE V reduceAngle(V x, V *low, U *quadrant) {
    V sum = F(x, C(0x1.45f306dc9c883p-1), ROUNDER), k = sum - ROUNDER;
    V first = F(-k, HALF_PI, x);
    V r = F(-k, HALF_PI_LOW, first);
    *low = F(-k, C(-0x1.f1976b7ed8fbcp-110), F(-k, HALF_PI_LOW, first - r));
    *quadrant = BITS(sum);
    M huge = (M)(absV(x) > C(0x1p30));
    if (__builtin_expect(any(huge), 0)) r = reduceHugeAngles(x, r, low, quadrant);
    return r;
}
INLINE V sinReduced(V r, V low) {
    V z = r * r;
    return r + F(r * z, sinPolynomial(z), F(C(-0.5) * z, low, low));
}
INLINE V cosReduced(V r, V low) {
    V z = r * r, half = C(0.5) * z, w = 1 - half;
    return w + (((1 - w) - half) + F(z * z, cosPolynomial(z), -r * low));
}
// sin of r + quadrant pi/2.
INLINE V sinInQuadrant(V r, V low, U quadrant) {
    M odd = (M)((quadrant & 1) != 0), negative = (M)((quadrant & 2) != 0);
    return negateWhere(negative, choose(odd, cosReduced(r, low), sinReduced(r, low)));
}
INLINE V sinV(V x) {
    V low;
    U quadrant;
    V r = reduceAngle(x, &low, &quadrant);
    return choose((M)(x == 0), x, sinInQuadrant(r, low, quadrant));
}
INLINE V cosV(V x) {
    V low;
    U quadrant;
    V r = reduceAngle(x, &low, &quadrant);
    return sinInQuadrant(r, low, quadrant + 1);
}
INLINE V tanV(V x) {
    V low;
    U quadrant;
    V r = reduceAngle(x, &low, &quadrant);
    M odd = (M)((quadrant & 1) != 0);
    V s = sinReduced(r, low), c = cosReduced(r, low);
    V y = choose(odd, -c, s) / choose(odd, s, c);
    return choose((M)(x == 0), x, y);
}
// sin(pi x) and cos(pi x)
INLINE void sinCosPi(V x, V *sine, V *cosine) {
    V k = roundV(2 * x), f = F(k, C(-0.5), x);
    V r = f * C(0x1.921fb54442d18p+1);
    V low = F(f, C(0x1.921fb54442d18p+1), -r) + f * C(0x1.1a62633145c07p-53);
    // k modulo 4; large k are multiples of 4 or have no fraction to care about
    V m = k - 4 * floorV(C(0.25) * k);
    U quadrant = BITS(m + ROUNDER);
    *sine = sinInQuadrant(r, low, quadrant);
    *cosine = sinInQuadrant(r, low, quadrant + 1);
}

// atan(num / den), both nonnegative, the quotient below 1.
INLINE V atanReduced(V t) {
    V z = t * t;
    return F(t * z, atanPolynomial(z), t);
}
INLINE V atanV(V x) {
    V a = absV(x);
    M inverted = (M)(a > C(1));
    V t = choose(inverted, 1 / a, a), y = atanReduced(t);
    y = choose(inverted, HALF_PI - (y - C(0x1.1a62633145c07p-54)), y);
    return withSignOf(choose((M)(x != x), x, y), x);
}
INLINE V atan2V(V y, V x) {
    V a = absV(y), b = absV(x);
    M inverted = (M)(a > b);
    V num = choose(inverted, b, a), den = choose(inverted, a, b);
    V t = num / den;
    t = choose((M)(num == den), C(1), t);   // also infinities
    t = choose((M)(den == 0), C(0), t);
    // residual of the division, so that atan is accurate
    V rest = F(-t, den, num) / den;
    rest = choose((M)(absV(rest) < C(1)), rest, C(0));
    V z = t * t, r = t + (F(t * z, atanPolynomial(z), rest / (1 + z)));
    M left = (M)((M)BITS(x) < 0);
    // octants: r, pi/2 - r, pi/2 + r, pi - r
    V base = choose(inverted, HALF_PI, choose(left, 2 * HALF_PI, C(0)));
    V baseLow = choose(inverted, HALF_PI_LOW, choose(left, 2 * HALF_PI_LOW, C(0)));
    M minus = inverted ^ left;
    V angle = base + (negateWhere(minus, r) + baseLow);
    angle = choose((M)(x != x) | (M)(y != y), NAN_V, angle);
    return withSignOf(angle, y);
}

// For asin and acos: |x| <= 1/2 gives asin|x|, beyond it acos|x| = 2 asin(sqrt((1 - |x|)/2)).
INLINE V asinReduced(V a, M *beyond) {
    *beyond = (M)(a > C(0.5));
    V z = choose(*beyond, C(0.5) * (1 - a), a * a);
    V t = choose(*beyond, sqrtV(z), a);
    V low = choose(*beyond & (M)(t > 0), C(0.5) * F(-t, t, z) / t, C(0));
    V r = t + F(t * z, asinPolynomial(z), low);
    return choose(*beyond, 2 * r, r);
}
INLINE V asinV(V x) {
    M beyond;
    V r = asinReduced(absV(x), &beyond);
    return withSignOf(choose(beyond, HALF_PI - (r - HALF_PI_LOW), r), x);
}
INLINE V acosV(V x) {
    M beyond;
    V r = asinReduced(absV(x), &beyond);
    M negative = (M)(x < 0);
    V near = HALF_PI - (negateWhere(negative, r) - HALF_PI_LOW);
    V far = choose(negative, 2 * HALF_PI - (r - 2 * HALF_PI_LOW), r);
    return choose(beyond, far, near);
}
