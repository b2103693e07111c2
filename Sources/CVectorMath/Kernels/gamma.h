// SPDX-License-Identifier: GPL-3.0-or-later
// log|Gamma| and its derivatives, log Beta.

#define PI 0x1.921fb54442d18p+1
#define HALF_LOG_2PI 0x1.d67f1c864beb5p-1

// Stirling's remainder: log Gamma(x) - ((x - 1/2) log x - x + log(2 pi)/2), x >= 5.
INLINE V stirlingRemainder(V x) {
    V r = 1 / x;
    return r * stirlingPolynomial(r * r);
}
// x > 0. Above 5 Stirling's formula; below, Gamma(x) = Gamma(2 + t) times or over a product of
// at most three factors, t in [-1, 1/2], and log Gamma(2 + t) = t (1 + t) P, right at both roots.
INLINE V logGammaPositive(V x) {
    M large = (M)(x >= C(5));
    V z = choose(large, C(2), x), n = floorV(z + C(0.5));
    n = choose((M)(z >= C(1)) & (M)(z < C(2)), C(2), n);
    V t = z - n;
    V product = choose((M)(n == C(1)), x, x * (x + 1));
    product = choose((M)(n == C(2)), C(1), product);
    V down = x - 1;
    down = choose((M)(n > C(3)), down * (x - 2), down);
    down = choose((M)(n > C(4)), down * (x - 3), down);
    product = choose((M)(n > C(2)), down, product);
    V l = logV(choose(large, x, product));
    V y = C(0);
    if (any(~large)) {
        V root = t * (t + 1), rootLow = F(t, t + 1, -root);
        V p = logGammaPolynomial(t + C(0.25));
        y = F(root, p, F(rootLow, p, negateWhere((M)(n < C(2)), l)));
    }
    if (any(large)) {
        V constant = stirlingRemainder(choose(large, x, C(5))) + C(HALF_LOG_2PI - 0.5);
        y = choose(large, F(x - C(0.5), l - 1, constant), y);
    }
    return y;
}
// log|Gamma(x)|; infinite at 0, -1, -2, ...
OUTLINE V logGammaV(V x) {
    V a = absV(x);
    V y = logGammaPositive(choose((M)(a > 0) & (M)(a <= C(LARGEST)), a, C(1)));
    M negative = (M)(x < 0);
    if (any(negative)) {
        V s, c;
        sinCosPi(a, &s, &c);
        V reflected = logV(C(PI) / absV(a * s)) - y;
        reflected = choose((M)(a < C(1e-100)), y, reflected);  // a s would underflow
        reflected = choose((M)(truncV(a) == a), INFINITY_V, reflected);
        y = choose(negative, reflected, y);
    }
    y = choose((M)(x == 0) | (M)(a == INFINITY_V), INFINITY_V, y);
    return choose((M)(x != x), x, y);
}

// digamma for x > 0: up to 3 from [1, 2], where it is a polynomial times the distance to its
// root; from 6 the asymptotic series; between, at x + 3.
INLINE V digammaPositive(V x) {
    M low = (M)(x < C(3)), middle = ~low & (M)(x < C(6));
    V y = C(0);
    if (any(~low)) {
        V z = choose(low, C(6), choose(middle, x + 3, x)), r = 1 / z, u = r * r;
        V l = logV(z), p = digammaPolynomial(u);
        y = F(-u, p, F(C(-0.5), r, l));
        if (any(middle)) {  // 1/x + 1/(x+1) + 1/(x+2) with v = x + 1; what is small first
            V v = x + 1, square = v * v;
            V shift = F(C(3), square, C(-1)) / (v * (square - 1));
            y = choose(middle, l - F(u, p, F(C(0.5), r, shift)), y);
        }
    }
    if (any(low)) {
        M below = (M)(x < C(1)), above = (M)(x > C(2));
        V t = choose(below, x + 1, choose(above, x - 1, choose(low, x, C(1.5))));
        V distance = (t - DIGAMMA_ROOT) - DIGAMMA_ROOT_LOW;
        V near = distance * digammaRootPolynomial(t - C(1.5));
        V step = choose(below, C(-1), choose(above, C(1), C(0))) / choose(below, x, t);
        y = choose(low, near + step, y);
    }
    return y;
}
// trigamma and its derivative: above 6 the asymptotic series; below, at x + 6 and six terms of
// the recurrence in pairs: x (x+5) = w, (x+1) (x+4) = w + 4, (x+2) (x+3) = w + 6.
INLINE V trigammaPositive(V x) {
    M small = (M)(x < C(6));
    V z = choose(small, x + 6, x), r = 1 / z, u = r * r;
    V y = F(u * r, trigammaPolynomial(u), F(C(0.5), u, r));
    if (any(small)) {
        V w = F(x, x, 5 * x), v = w + 4, q = w + 6;
        V sum = (F(C(2), w, C(13)) / (q * q) + F(C(2), w, C(17)) / (v * v))
            + choose((M)(x < C(1e-100)), 1 / (x * x), F(C(2), w, C(25)) / (w * w));
        y = choose(small, y + sum, y);
    }
    return y;
}
INLINE V tetragammaPositive(V x) {
    M small = (M)(x < C(6));
    V z = choose(small, x + 6, x), r = 1 / z, u = r * r;
    V y = F(u * u, tetragammaPolynomial(u), -F(u, r, u));
    if (any(small)) {
        V sum = C(0);
        for (int i = 5; i >= 0; i--) {
            V a = x + (double)i;
            sum += 1 / (a * a * a);
        }
        y = choose(small, F(C(-2), sum, y), y);
    }
    return y;
}
OUTLINE V digammaV(V x) {
    V a = absV(x), y = digammaPositive(choose((M)(a > 0) & (M)(a <= C(LARGEST)), a, C(1)));
    M negative = (M)(x < 0);
    if (any(negative)) {  // psi(-a) = psi(a) + 1/a + pi cot(pi a)
        V s, c;
        sinCosPi(a, &s, &c);
        V reflected = y + (1 / a + C(PI) * c / s);
        reflected = choose((M)(a < C(1e-100)), 1 / a, reflected);
        y = choose(negative, choose((M)(truncV(a) == a), NAN_V, reflected), y);
    }
    y = choose((M)(x == 0), NAN_V, choose((M)(x == INFINITY_V), x, y));
    return choose((M)(x != x), x, y);
}
OUTLINE V trigammaV(V x) {
    V a = absV(x), y = trigammaPositive(choose((M)(a > 0) & (M)(a <= C(LARGEST)), a, C(1)));
    M negative = (M)(x < 0);
    if (any(negative)) {  // psi'(-a) = pi^2 / sin^2(pi a) - psi'(a) + 1/a^2
        V s, c;
        sinCosPi(a, &s, &c);
        V reflected = C(PI * PI) / (s * s) - (y - 1 / (a * a));
        reflected = choose((M)(a < C(1e-100)), 1 / (a * a), reflected);
        y = choose(negative, choose((M)(truncV(a) == a), INFINITY_V, reflected), y);
    }
    y = choose((M)(x == 0), INFINITY_V, choose((M)(x == INFINITY_V), C(0), y));
    return choose((M)(x != x), x, y);
}
OUTLINE V tetragammaV(V x) {
    V a = absV(x), y = tetragammaPositive(choose((M)(a > 0) & (M)(a <= C(LARGEST)), a, C(1)));
    M negative = (M)(x < 0);
    if (any(negative)) {  // psi''(-a) = psi''(a) + 2/a^3 + 2 pi^3 cos(pi a) / sin^3(pi a)
        V s, c;
        sinCosPi(a, &s, &c);
        V reflected = y + (2 / (a * a * a) + C(2 * PI * PI * PI) * c / (s * s * s));
        reflected = choose((M)(a < C(1e-100)), 2 / (a * a * a), reflected);
        y = choose(negative, choose((M)(truncV(a) == a), NAN_V, reflected), y);
    }
    y = choose((M)(x == 0), NAN_V, choose((M)(x == INFINITY_V), C(0), y));
    return choose((M)(x != x), x, y);
}

// log Gamma(x + 1/2) - log Gamma(x), and its derivative, x > 0.
OUTLINE V logGammaHalfStep(V x) {
    M large = (M)(x >= C(5));
    V y = C(0);
    if (any(large)) {
        V z = choose(large, x, C(5)), r = 1 / z;
        y = F(r, halfStepPolynomial(r * r), C(0.5) * logV(z));
    }
    if (any(~large)) y = choose(large, y, logGammaV(x + C(0.5)) - logGammaV(x));
    return y;
}
// The derivative less that of log(x)/2.
OUTLINE V logGammaHalfStepSlope(V x) {
    M large = (M)(x >= C(5));
    V y = C(0);
    if (any(large)) {
        V r = 1 / choose(large, x, C(5)), u = r * r;
        y = u * halfStepSlopePolynomial(u);
    }
    if (any(~large))
        y = choose(large, y, digammaV(x + C(0.5)) - digammaV(x) - C(0.5) / x);
    return y;
}

// log Beta(a, b), a, b > 0. Sums of logarithms of Gamma cancel when an argument is large; then
// Stirling's formula with the large terms combined by hand (Didonato and Morris, TOMS 708).
OUTLINE V logBetaV(V a, V b) {
    M swap = (M)(a > b);
    V p = choose(swap, b, a), q = choose(swap, a, b);
    M oneLarge = (M)(q >= C(5)), bothLarge = oneLarge & (M)(p >= C(5));
    V y = C(0);
    V sum = p + q;
    if (any(~bothLarge)) y = logGammaV(p);
    if (any(~oneLarge))
        y = choose(oneLarge, y, y + (logGammaV(q) - logGammaV(sum)));
    if (any(oneLarge)) {
        V large = choose(oneLarge, q, C(5)), total = choose(oneLarge, sum, C(10));
        V small = choose(oneLarge, p, C(5));
        V correction = stirlingRemainder(large) - stirlingRemainder(total);
        V ratio = log1pV(-small / total);
        V mixed = y + (correction + F(small, 1 - logV(total), (large - C(0.5)) * ratio));
        V base = choose(bothLarge, small, C(5));
        V both = F(C(-0.5), logV(large), C(HALF_LOG_2PI))
            + (stirlingRemainder(base) + correction)
            + F(base - C(0.5), logV(base / total), large * ratio);
        y = choose(bothLarge, both, choose(oneLarge, mixed, y));
    }
    M bad = ~((M)(a > 0) & (M)(b > 0));
    y = choose((M)(q == INFINITY_V), -INFINITY_V, y);
    return choose(bad, choose((M)(p == 0) & (M)(q >= 0), INFINITY_V, NAN_V), y);
}
