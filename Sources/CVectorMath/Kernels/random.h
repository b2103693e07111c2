// SPDX-License-Identifier: GPL-3.0-or-later
// Philox4x64-10 (J. K. Salmon and others, "Parallel random numbers: as easy as 1, 2, 3", SC 2011):
// blocks of four words from a key and a counter, and words as numbers between 0 and 1. Integers
// only, so the same bits everywhere without further care.
//
// With AVX-512 eight counters stand in eight lanes, and a product of 128 bits is put together of
// four of 64. Two such groups hide the latency, and four blocks in scalar registers, which use
// other units of the processor, come nearly free: 1.8 ns a word for one group, 1.5 for two, 1.2
// with the scalar blocks, 2.4 to 2.9 for scalar code of any form (EPYC). AVX2, with half as many
// lanes and no product of 64 bits, gains nothing over scalar code.

#define PHILOX_M0 UINT64_C(0xD2E7470EE14C6C93)
#define PHILOX_M1 UINT64_C(0xCA5A826395121157)
#define PHILOX_W0 UINT64_C(0x9E3779B97F4A7C15)
#define PHILOX_W1 UINT64_C(0xBB67AE8584CAA73B)

// Adds to a counter of 256 bits.
INLINE void advanceCounter(uint64_t counter[4], uint64_t blocks) {
    counter[0] += blocks;
    if (counter[0] >= blocks) return;
    for (int i = 1; i < 4 && ++counter[i] == 0; i++) {}
}

INLINE void philoxBlock(const uint64_t key[2], const uint64_t counter[4], uint64_t *out) {
    uint64_t a = counter[0], b = counter[1], c = counter[2], d = counter[3];
    uint64_t k0 = key[0], k1 = key[1];
    for (int round = 0; round < 10; round++) {
        unsigned __int128 p = (unsigned __int128)PHILOX_M0 * a;
        unsigned __int128 q = (unsigned __int128)PHILOX_M1 * c;
        a = (uint64_t)(q >> 64) ^ b ^ k0;
        b = (uint64_t)q;
        c = (uint64_t)(p >> 64) ^ d ^ k1;
        d = (uint64_t)p;
        k0 += PHILOX_W0;
        k1 += PHILOX_W1;
    }
    out[0] = a;
    out[1] = b;
    out[2] = c;
    out[3] = d;
}

#if defined(VM_WIDE_PRODUCTS)
typedef uint64_t UnalignedU __attribute__((ext_vector_type(8), aligned(8), may_alias));

#define LOW_HALF ((U)UINT64_C(0xFFFFFFFF))

// The high words of m x; the low ones are plain m * x.
INLINE U highProduct(U x, uint64_t m) {
    U low = (U)(m & 0xFFFFFFFF), high = (U)(m >> 32);
    U xLow = x & LOW_HALF, xHigh = x >> 32;
    U middle = xHigh * low + ((xLow * low) >> 32);
    U other = xLow * high + (middle & LOW_HALF);
    return xHigh * high + (middle >> 32) + (other >> 32);
}

#define PHILOX_EACH(j, n) _Pragma("clang loop unroll(full)") for (int j = 0; j < n; j++)
#define PHILOX_GROUPS 2
#define PHILOX_SCALARS 4
#define PHILOX_BLOCKS (8 * PHILOX_GROUPS + PHILOX_SCALARS)

// From lanes of words to eight blocks.
INLINE void storeBlocks(uint64_t *out, U a, U b, U c, U d) {
    U ab0 = __builtin_shufflevector(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
    U ab1 = __builtin_shufflevector(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
    U cd0 = __builtin_shufflevector(c, d, 0, 8, 1, 9, 2, 10, 3, 11);
    U cd1 = __builtin_shufflevector(c, d, 4, 12, 5, 13, 6, 14, 7, 15);
    *(UnalignedU *)out = __builtin_shufflevector(ab0, cd0, 0, 1, 8, 9, 2, 3, 10, 11);
    *(UnalignedU *)(out + 8) = __builtin_shufflevector(ab0, cd0, 4, 5, 12, 13, 6, 7, 14, 15);
    *(UnalignedU *)(out + 16) = __builtin_shufflevector(ab1, cd1, 0, 1, 8, 9, 2, 3, 10, 11);
    *(UnalignedU *)(out + 24) = __builtin_shufflevector(ab1, cd1, 4, 5, 12, 13, 6, 7, 14, 15);
}

// PHILOX_BLOCKS blocks for the counters first, first + 1, …; the lowest word must not wrap.
OUTLINE void philoxBlocks(const uint64_t key[2], const uint64_t first[4], uint64_t *out) {
    U a[PHILOX_GROUPS], b[PHILOX_GROUPS], c[PHILOX_GROUPS], d[PHILOX_GROUPS];
    uint64_t e[PHILOX_SCALARS], f[PHILOX_SCALARS], g[PHILOX_SCALARS], h[PHILOX_SCALARS];
    PHILOX_EACH(j, PHILOX_GROUPS) {
        a[j] = (U)(first[0] + 8 * j) + (U){0, 1, 2, 3, 4, 5, 6, 7};
        b[j] = (U)first[1], c[j] = (U)first[2], d[j] = (U)first[3];
    }
    PHILOX_EACH(j, PHILOX_SCALARS) {
        e[j] = first[0] + 8 * PHILOX_GROUPS + j, f[j] = first[1], g[j] = first[2], h[j] = first[3];
    }
    uint64_t k0 = key[0], k1 = key[1];
#pragma clang loop unroll(disable)
    for (int round = 0; round < 10; round++) {
        PHILOX_EACH(j, PHILOX_GROUPS) {
            U p = highProduct(a[j], PHILOX_M0), q = highProduct(c[j], PHILOX_M1);
            U pLow = a[j] * (U)PHILOX_M0, qLow = c[j] * (U)PHILOX_M1;
            a[j] = q ^ b[j] ^ (U)k0, b[j] = qLow, c[j] = p ^ d[j] ^ (U)k1, d[j] = pLow;
        }
        PHILOX_EACH(j, PHILOX_SCALARS) {
            unsigned __int128 p = (unsigned __int128)PHILOX_M0 * e[j];
            unsigned __int128 q = (unsigned __int128)PHILOX_M1 * g[j];
            e[j] = (uint64_t)(q >> 64) ^ f[j] ^ k0, f[j] = (uint64_t)q;
            g[j] = (uint64_t)(p >> 64) ^ h[j] ^ k1, h[j] = (uint64_t)p;
        }
        k0 += PHILOX_W0;
        k1 += PHILOX_W1;
    }
    PHILOX_EACH(j, PHILOX_GROUPS) storeBlocks(out + 32 * j, a[j], b[j], c[j], d[j]);
    out += 32 * PHILOX_GROUPS;
    PHILOX_EACH(j, PHILOX_SCALARS) {
        out[4 * j] = e[j], out[4 * j + 1] = f[j], out[4 * j + 2] = g[j], out[4 * j + 3] = h[j];
    }
}
#endif

static void philox(const uint64_t key[2], uint64_t counter[4], ptrdiff_t blocks, uint64_t *out) {
    uint64_t next[4] = {counter[0], counter[1], counter[2], counter[3]};
    advanceCounter(next, 1);
    ptrdiff_t i = 0;
#if defined(VM_WIDE_PRODUCTS)
    while (blocks - i >= PHILOX_BLOCKS && next[0] <= UINT64_MAX - PHILOX_BLOCKS) {
        philoxBlocks(key, next, out + 4 * i);
        next[0] += PHILOX_BLOCKS;
        i += PHILOX_BLOCKS;
    }
#endif
    for (; i < blocks; i++) {
        philoxBlock(key, next, out + 4 * i);
        advanceCounter(next, 1);
    }
    advanceCounter(counter, (uint64_t)blocks);
}

// Multiples of 2^-53 below 1. Returns whether one of them is 0.
static int uniform(ptrdiff_t n, const uint64_t *bits, double *x) {
    uint64_t smallest = UINT64_MAX;
    for (ptrdiff_t i = 0; i < n; i++) {
        smallest = bits[i] < smallest ? bits[i] : smallest;
        x[i] = (double)(int64_t)(bits[i] >> 11) * 0x1p-53;
    }
    return smallest >> 11 == 0;
}
