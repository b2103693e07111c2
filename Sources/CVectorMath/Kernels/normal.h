// SPDX-License-Identifier: GPL-3.0-or-later
// erf, erfc and the normal distribution.
//
// erfcx(x) = exp(x^2) erfc(x) for x >= 0 is one polynomial in (x - 4)/(x + 4) over 1 + 2 x
// (Shepherd and Laframboise, Math. Comp. 36, 1981). Everything else is made of it and of exp,
// with the square of the argument in two pieces.

INLINE V erfcxPositive(V x) {
    V bounded = choose((M)(x > C(1e300)), C(1e300), x);
    V num = bounded - 4, den = bounded + 4, t = num / den;
    // What t lost by rounding (below 4, where it matters), put back through the slope.
    V lost = F(-t, den, num) + F(-t, x - (den - 4), x - (num + 4));
    lost = choose((M)(x < C(4)), lost / den, C(0));
    V p = F(lost, erfcxSlopePolynomial(t), erfcxPolynomial(t));
    V twice = 2 * bounded, sum = 1 + twice, part = sum - twice;
    return quotient(p, sum, (1 - part) + (twice - (sum - part)));
}
// exp(-scale x^2) factor with scale 1 or 1/2
INLINE V expMinusSquare(V x, double scale, V factor) {
    x = choose((M)(absV(x) > C(60)), C(60), x);
    V square = x * x, low = F(x, x, -square);
    return expTimes(square * -scale, low * -scale, factor, 0);
}

// erfc for x >= 1/2.
INLINE V erfcUpper(V x) { return expMinusSquare(x, 1, erfcxPositive(x)); }

INLINE V erfV(V x) {
    V a = absV(x), z = a * a;
    M near = (M)(a < C(1));
    V y = F(a, erfPolynomial(choose(near, z, C(0))), a);
    if (any(~near)) y = choose(near, y, 1 - erfcUpper(choose(near, C(1), a)));
    return choose((M)(x != x), x, withSignOf(y, x));
}
INLINE V erfcV(V x) {
    V a = absV(x);
    M near = (M)(x < C(0.5)) & (M)(x > C(-1));
    V y = C(0);
    if (any(near)) y = 1 - F(x, erfPolynomial(choose(near, x * x, C(0))), x);
    if (any(~near)) {
        V upper = erfcUpper(choose(near, C(1), a));
        y = choose(near, y, choose((M)(x < 0), 2 - upper, upper));
    }
    return choose((M)(x != x), x, y);
}

#define SQRT_HALF 0x1.6a09e667f3bcdp-1
// Phi(-x), x >= 0.
INLINE V normalUpper(V x) {
    return expMinusSquare(x, 0.5, C(0.5) * erfcxPositive(x * SQRT_HALF));
}
// 1/2 + erf(x / sqrt 2) / 2 near 0.
#define NORMAL_CENTRE 0.67
INLINE V normalCentre(V x) {
    V t = x * SQRT_HALF;
    return F(C(0.5), F(t, erfPolynomial(t * t), t), C(0.5));
}
INLINE V normalCDFV(V x) {
    V a = absV(x), y = C(0);
    M centre = (M)(a < C(NORMAL_CENTRE));
    if (any(centre)) y = normalCentre(choose(centre, x, C(0)));
    if (any(~centre)) {
        V upper = normalUpper(a);
        y = choose(centre, y, choose((M)(x > 0), 1 - upper, upper));
    }
    return choose((M)(x != x), x, y);
}
INLINE V normalDensity(V x) { return expMinusSquare(x, 0.5, C(0x1.9884533d43651p-2)); }

INLINE V logNormalCDFV(V x) {
    V a = absV(x), scaled = C(0.5) * erfcxPositive(a * SQRT_HALF);
    M centre = (M)(a < C(NORMAL_CENTRE)), left = (M)(x <= C(-NORMAL_CENTRE)), right = ~(centre | left);
    V y = C(0);
    if (any(centre | left)) {
        y = logV(choose(centre, normalCentre(choose(centre, x, C(0))), scaled));
        y = choose(left, F(C(-0.5) * x, x, y), y);
    }
    if (any(right)) y = choose(right, log1pModerate(-expMinusSquare(a, 0.5, scaled)), y);
    return choose((M)(x != x), x, choose((M)(x == -INFINITY_V), x, y));
}
// phi(x) / Phi(x)
INLINE V logNormalCDFSlope(V x) {
    V a = absV(x), scaled = C(0.5) * erfcxPositive(a * SQRT_HALF);
    M negative = (M)(x < 0);
    V y = C(0x1.9884533d43651p-2) / scaled;
    if (any(~negative)) {
        V e = expMinusSquare(a, 0.5, C(1));
        y = choose(negative, y, C(0x1.9884533d43651p-2) * e / (1 - e * scaled));
    }
    y = choose((M)(x < C(-1e100)), -x, y);
    return choose((M)(x != x), x, y);
}

// Wichura's algorithm AS 241 (Appl. Statist. 37, 1988), PPND16.
INLINE V ratioOfSevenths(V x, const double *p, const double *q) {
    V a = C(p[7]), b = C(q[7]);
    for (int i = 6; i >= 0; i--) {
        a = F(a, x, C(p[i]));
        b = F(b, x, C(q[i]));
    }
    return a / b;
}
static const double quantileCentre[2][8] = {
    {3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
        1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
        3.3430575583588128105e4, 2.5090809287301226727e3},
    {1, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
        2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4,
        5.2264952788528545610e3}};
static const double quantileMiddle[2][8] = {
    {1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0,
        3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1,
        2.27238449892691845833e-2, 7.74545014278341407640e-4},
    {1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
        1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
        1.05075007164441684324e-9}};
static const double quantileTail[2][8] = {
    {6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
        2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
        2.71155556874348757815e-5, 2.01033439929228813265e-7},
    {1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
        7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
        2.04426310338993978564e-15}};

INLINE V normalQuantileV(V p) {
    V q = p - C(0.5);
    M centre = (M)(absV(q) <= C(0.425));
    V u = choose(centre, F(-q, q, C(0.180625)), C(0.1));
    V y = q * ratioOfSevenths(u, quantileCentre[0], quantileCentre[1]);
    if (any(~centre)) {
        V r = sqrtV(-logV(choose((M)(q < 0), p, 1 - p)));
        V middle = ratioOfSevenths(r - C(1.6), quantileMiddle[0], quantileMiddle[1]);
        V tail = ratioOfSevenths(r - 5, quantileTail[0], quantileTail[1]);
        V outer = negateWhere((M)(q < 0), choose((M)(r <= C(5)), middle, tail));
        outer = choose((M)(p == 0), -INFINITY_V, choose((M)(p == C(1)), INFINITY_V, outer));
        y = choose(centre, y, outer);
    }
    return y;
}
// 1 / phi(y) as 1 / (p phi(y)/Phi(y)): the ratio hardly feels the rounding of y.
INLINE V normalQuantileSlope(V p, V y) {
    V q = choose((M)(p < C(0.5)), p, 1 - p), slope = 1 / (q * logNormalCDFSlope(-absV(y)));
    return choose((M)(q == 0), INFINITY_V, slope);
}
