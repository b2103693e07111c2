// SPDX-License-Identifier: GPL-3.0-or-later
// Eight lanes of doubles: the vocabulary of every kernel.
//
// The lanes are clang vectors, so one text compiles for every instruction set. Two rules make
// the results the same bits everywhere: a fused multiply-add is written where one is wanted and
// never elsewhere (contraction is off), and nothing depends on the width of the registers.

#pragma STDC FP_CONTRACT OFF

#define INLINE static inline __attribute__((always_inline, unused))
#define OUTLINE static __attribute__((noinline, unused))

typedef double V __attribute__((ext_vector_type(8)));
typedef double UnalignedV __attribute__((ext_vector_type(8), aligned(8), may_alias));
typedef int64_t M __attribute__((ext_vector_type(8)));   // masks: all bits or none
typedef uint64_t U __attribute__((ext_vector_type(8)));  // bit patterns

#define C(x) ((V)(x))
#define F(a, b, c) __builtin_elementwise_fma(a, b, c)  // a b + c, rounded once
#define BITS(x) ((U)(x))
#define DOUBLES(u) ((V)(u))

// mask ? a : b, lane by lane.
INLINE V choose(M mask, V a, V b) { return mask ? a : b; }
INLINE int any(M mask) { return __builtin_reduce_or(mask) != 0; }

// num / (d + dLow), nearly rounded once.
INLINE V quotient(V num, V d, V dLow) {
    V inverse = 1 / d, q = num * inverse;
    return F(F(-q, dLow, F(-q, d, num)), inverse, q);
}

INLINE V absV(V x) { return __builtin_elementwise_abs(x); }
INLINE V sqrtV(V x) { return __builtin_elementwise_sqrt(x); }
INLINE V floorV(V x) { return __builtin_elementwise_floor(x); }
INLINE V ceilV(V x) { return __builtin_elementwise_ceil(x); }
INLINE V truncV(V x) { return __builtin_elementwise_trunc(x); }
INLINE V roundV(V x) { return __builtin_elementwise_round(x); }  // halves away from zero

#define SIGN_BITS ((U)UINT64_C(0x8000000000000000))
INLINE V withSignOf(V magnitude, V sign) {
    return DOUBLES((BITS(magnitude) & ~SIGN_BITS) | (BITS(sign) & SIGN_BITS));
}
// x with its sign flipped where the mask is set.
INLINE V negateWhere(M mask, V x) { return DOUBLES(BITS(x) ^ ((U)mask & SIGN_BITS)); }
INLINE V zeroWhere(M mask, V x) { return DOUBLES(BITS(x) & ~(U)mask); }

#define NAN_V C(__builtin_nan(""))
#define INFINITY_V C(__builtin_inf())
#define LARGEST 0x1.fffffffffffffp1023
#define SMALLEST_NORMAL 0x1p-1022

// Nearest integers of magnitude below 2^51, by adding 1.5 * 2^52: afterwards the low bits of the
// sum are the integer.
#define ROUNDER C(0x1.8p52)

INLINE V load(const double *p) { return *(const UnalignedV *)p; }
INLINE void store(double *p, V x) { *(UnalignedV *)p = x; }

// The first `left` lanes from memory (1...7), the others repeat the first: padding that is in the
// domain when the data are.
INLINE V loadSome(const double *p, ptrdiff_t left) {
    V x = C(p[0]);
    switch (left) {
    case 7: x[6] = p[6]; __attribute__((fallthrough));
    case 6: x[5] = p[5]; __attribute__((fallthrough));
    case 5: x[4] = p[4]; __attribute__((fallthrough));
    case 4: x[3] = p[3]; __attribute__((fallthrough));
    case 3: x[2] = p[2]; __attribute__((fallthrough));
    case 2: x[1] = p[1]; __attribute__((fallthrough));
    default: break;
    }
    return x;
}
INLINE void storeSome(double *p, V x, ptrdiff_t left) {
    switch (left) {
    case 7: p[6] = x[6]; __attribute__((fallthrough));
    case 6: p[5] = x[5]; __attribute__((fallthrough));
    case 5: p[4] = x[4]; __attribute__((fallthrough));
    case 4: p[3] = x[3]; __attribute__((fallthrough));
    case 3: p[2] = x[2]; __attribute__((fallthrough));
    case 2: p[1] = x[1]; __attribute__((fallthrough));
    default: p[0] = x[0];
    }
}
INLINE V loadUpTo8(const double *p, ptrdiff_t left) {
    return left >= 8 ? load(p) : loadSome(p, left);
}
INLINE void storeUpTo8(double *p, V x, ptrdiff_t left) {
    if (left >= 8) store(p, x);
    else storeSome(p, x, left);
}
// x in the first `left` lanes, zero in the others.
INLINE V firstLanes(V x, ptrdiff_t left) {
    const M lane = {0, 1, 2, 3, 4, 5, 6, 7};
    return zeroWhere((M)(lane >= (M)(int64_t)left), x);
}

// The sum of the lanes in the one order used everywhere.
INLINE double sumOfLanes(V x) {
    return ((x[0] + x[4]) + (x[2] + x[6])) + ((x[1] + x[5]) + (x[3] + x[7]));
}
