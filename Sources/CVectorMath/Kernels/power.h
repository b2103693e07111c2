// SPDX-License-Identifier: GPL-3.0-or-later
// pow, hypot, cbrt.

// exp(b log a) with the logarithm and the product in pairs of doubles.
INLINE V powPositive(V a, V b) {
    b = clampTo(b, -1e300, 1e300);
    V high, low;
    logPair(a, &high, &low);
    V p = b * high, pLow = F(b, high, -p) + b * low;
    pLow = zeroWhere((M)(absV(p) > C(1100)), pLow);
    return expTimes(p, pLow, C(1), 0);
}
OUTLINE V powSpecialValues(V a, V b, V y) {
    V magnitude = absV(a);
    M whole = (M)(truncV(b) == b), half = (M)(truncV(C(0.5) * b) != C(0.5) * b);
    M odd = whole & half & (M)(absV(b) < C(0x1p53)), infinite = (M)(absV(b) == INFINITY_V);
    M zero = (M)(a == 0), unbounded = (M)(magnitude == INFINITY_V);
    y = choose(zero, choose((M)(b < 0), INFINITY_V, C(0)), y);
    y = choose(unbounded, choose((M)(b < 0), C(0), INFINITY_V), y);
    M grows = ~((M)(magnitude > C(1)) ^ (M)(b > 0));
    y = choose(infinite, choose((M)(magnitude == C(1)), C(1), choose(grows, INFINITY_V, C(0))), y);
    y = choose((M)(a < 0) & ~whole & ~unbounded, NAN_V, y);
    y = negateWhere(odd & (M)((M)BITS(a) < 0), y);
    y = choose((M)(a != a) | (M)(b != b), NAN_V, y);
    return choose((M)(b == 0) | (M)(a == C(1)), C(1), y);
}
INLINE V powV(V a, V b) {
    M special = ~((M)(a > 0) & (M)(a <= C(LARGEST)) & (M)(absV(b) <= C(LARGEST)));
    V y = powPositive(absV(a), b);
    return __builtin_expect(any(special), 0) ? powSpecialValues(a, b, y) : y;
}

INLINE V hypotV(V a, V b) {
    a = absV(a);
    b = absV(b);
    M swap = (M)(a < b);
    V large = choose(swap, b, a), small = choose(swap, a, b);
    // A power of two that brings the larger one near 1.
    M tiny = (M)(large < C(0x1p-400)), huge = (M)(large > C(0x1p400));
    V scale = choose(tiny, C(0x1p600), choose(huge, C(0x1p-600), C(1)));
    V unscale = choose(tiny, C(0x1p-600), choose(huge, C(0x1p600), C(1)));
    V x = large * scale, y = small * scale;
    V xs = x * x, xLow = F(x, x, -xs), ys = y * y, yLow = F(y, y, -ys);
    V sum = xs + ys, sumLow = (ys - (sum - xs)) + (xLow + yLow);
    V h = sqrtV(sum);
    V residual = F(-h, h, sum) + sumLow;
    h = choose((M)(sum > 0), h + residual / (2 * h), h);
    h = h * unscale;
    M infinite = (M)(large == INFINITY_V) | (M)(small == INFINITY_V);
    h = choose((M)(a != a) | (M)(b != b), NAN_V, h);
    return choose(infinite, INFINITY_V, h);
}

// exp(log|x| / 3), then a Newton step with an exact residual.
INLINE V cbrtV(V x) {
    V a = absV(x);
    M tiny = (M)(a < C(0x1p-900)), huge = (M)(a > C(0x1p900));
    V scale = choose(tiny, C(0x1p300), choose(huge, C(0x1p-300), C(1)));
    V unscale = choose(tiny, C(0x1p-100), choose(huge, C(0x1p100), C(1)));
    a = a * scale;
    V t = expModerate(logV(choose((M)(a > 0), a, C(1))) * C(0x1.5555555555555p-2));
    V square = t * t, squareLow = F(t, t, -square);
    V cube = F(t, square, -a) + t * squareLow;
    t = t - cube / (3 * square);
    t = choose((M)(a > 0) & (M)(a <= C(LARGEST)), t * unscale, a);
    return withSignOf(t, x);
}
