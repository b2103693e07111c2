// SPDX-License-Identifier: GPL-3.0-or-later
// Sums in a fixed order: block i of eight goes to accumulator i mod 4 while four blocks are left,
// then to the first; the accumulators and then the lanes are added in pairs.

#define SUM_BLOCKS(TERM) \
    V s0 = C(0), s1 = C(0), s2 = C(0), s3 = C(0); \
    ptrdiff_t i = 0; \
    for (; i + 32 <= n; i += 32) { \
        s0 += TERM(i, 8); \
        s1 += TERM(i + 8, 8); \
        s2 += TERM(i + 16, 8); \
        s3 += TERM(i + 24, 8); \
    } \
    for (; i + 8 <= n; i += 8) s0 += TERM(i, 8); \
    if (i < n) s0 += firstLanes(TERM(i, n - i), n - i); \
    V total = (s0 + s1) + (s2 + s3)

static double sum(ptrdiff_t n, const double *x) {
#define TERM(I, LEFT) loadUpTo8(x + (I), LEFT)
    SUM_BLOCKS(TERM);
#undef TERM
    return sumOfLanes(total);
}
static double dot(ptrdiff_t n, const double *x, int sx, const double *y, int sy) {
    Operand ox = operand(n, x, sx), oy = operand(n, y, sy);
#define TERM(I, LEFT) (lanesOf(&ox, I, LEFT) * lanesOf(&oy, I, LEFT))
    SUM_BLOCKS(TERM);
#undef TERM
    return sumOfLanes(total);
}
static double logSumExp(ptrdiff_t n, const double *x) {
    V largest = -INFINITY_V;
    M missing = {0};
    for (ptrdiff_t i = 0; i < n; i += 8) {
        V v = loadUpTo8(x + i, n - i);
        largest = choose((M)(v > largest), v, largest);
        missing |= (M)(v != v);
    }
    if (any(missing)) return __builtin_nan("");
    double m = largest[0];
    for (int i = 1; i < 8; i++) m = largest[i] > m ? largest[i] : m;
    if (!(m - m == 0)) return m;
    V s = C(0);
    for (ptrdiff_t i = 0; i < n; i += 8) {
        V e = expV(loadUpTo8(x + i, n - i) - m);
        s += n - i >= 8 ? e : firstLanes(e, n - i);
    }
    return m + logV(C(sumOfLanes(s)))[0];
}
static void logSumExpReverse(ptrdiff_t n, const double *x, double y, double dy, double *dx) {
    for (ptrdiff_t i = 0; i < n; i += 8) {
        V v = loadUpTo8(x + i, n - i);
        V e = choose((M)(v == -INFINITY_V), C(0), expV(v - y));
        storeUpTo8(dx + i, F(C(dy), e, loadUpTo8(dx + i, n - i)), n - i);
    }
}

static void selectForward(
    ptrdiff_t n, const double *c, int sc, const double *a, int sa, const double *b, int sb,
    double *y) {
    Operand oc = operand(n, c, sc), oa = operand(n, a, sa), ob = operand(n, b, sb);
    for (ptrdiff_t i = 0; i < n; i += 8) {
        V condition = lanesOf(&oc, i, n - i);
        V chosen = choose(
            (M)(condition != 0), lanesOf(&oa, i, n - i), lanesOf(&ob, i, n - i));
        storeUpTo8(y + i, chosen, n - i);
    }
}
static void selectReverse(
    ptrdiff_t n, const double *c, int sc, const double *dy, double *da, int sa, double *db,
    int sb) {
    Operand oc = operand(n, c, sc);
    Adjoint a = adjoint(da, sa), b = adjoint(db, sb);
    for (ptrdiff_t i = 0; i < n; i += 8) {
        M taken = (M)(lanesOf(&oc, i, n - i) != 0);
        V d = loadUpTo8(dy + i, n - i);
        if (da) give(&a, i, n - i, zeroWhere(~taken, d));
        if (db) give(&b, i, n - i, zeroWhere(taken, d));
    }
    finish(&a);
    finish(&b);
}
static void gather(ptrdiff_t n, const double *base, const int32_t *index, double *y) {
    for (ptrdiff_t i = 0; i < n; i++) y[i] = base[index[i]];
}
static void scatterAdd(ptrdiff_t n, double *base, const int32_t *index, const double *x) {
    for (ptrdiff_t i = 0; i < n; i++) base[index[i]] += x[i];
}
// Runs of one index, as groups of observations have them: without them each addition would wait
// for the one before, through memory.
static void gatherRuns(
    ptrdiff_t n, const double *base, const int32_t *index, const int32_t *ends, ptrdiff_t low,
    double *y) {
    for (ptrdiff_t i = 0; i < n;) {
        ptrdiff_t end = ends[i] - low < n ? ends[i] - low : n;
        double value = base[index[i]];
        for (; i < end; i++) y[i] = value;
    }
}
static void scatterAddRuns(
    ptrdiff_t n, double *base, const int32_t *index, const int32_t *ends, ptrdiff_t low,
    const double *x) {
    for (ptrdiff_t i = 0; i < n;) {
        ptrdiff_t end = ends[i] - low < n ? ends[i] - low : n;
        int32_t to = index[i];
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        for (; i + 4 <= end; i += 4) s0 += x[i], s1 += x[i + 1], s2 += x[i + 2], s3 += x[i + 3];
        for (; i < end; i++) s0 += x[i];
        base[to] += (s0 + s1) + (s2 + s3);
    }
}
static void axpy(ptrdiff_t n, double a, const double *x, double *y) {
    for (ptrdiff_t i = 0; i < n; i += 8) {
        V sum = F(C(a), loadUpTo8(x + i, n - i), loadUpTo8(y + i, n - i));
        storeUpTo8(y + i, sum, n - i);
    }
}
static void addScalar(ptrdiff_t n, double a, double *y) {
    for (ptrdiff_t i = 0; i < n; i += 8) storeUpTo8(y + i, loadUpTo8(y + i, n - i) + a, n - i);
}
