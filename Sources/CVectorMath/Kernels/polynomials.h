// SPDX-License-Identifier: GPL-3.0-or-later
// Written by Tests/Reference/vectormath/coefficients.py; do not edit.
// C splats a constant, F(a, b, c) = a b + c rounded once.

// (exp(x) - 1 - x) / x^2 on [-0.34661, 0.34661], degree 9, error 2.3e-16.
INLINE V expPolynomial(V x) {
    V x2 = x * x;
    V x4 = x2 * x2;
    V p = F(x, C(0x1.af38a9b0ec855p-26), C(0x1.289185613a3d6p-22));
    p = F(x4, p, F(x2, F(x, C(0x1.71de0dae63bb3p-19), C(0x1.a019b90d2ae7ap-16)),
        F(x, C(0x1.a01a01a7c41d5p-13), C(0x1.6c16c1788bd90p-10))));
    p = F(x4, p, F(x2, F(x, C(0x1.11111111109b3p-7), C(0x1.5555555553d63p-5)),
        F(x, C(0x1.5555555555556p-3), C(0x1.0000000000001p-1))));
    return p;
}

// (log((1+s)/(1-s)) - 2 s) / s^3, x = s^2, on [1.0e-30, 0.02944], degree 6, error 4.7e-16.
INLINE V logPolynomial(V x) {
    V x2 = x * x;
    V x4 = x2 * x2;
    V p = F(x2, C(0x1.2b5900de53b32p-3),
        F(x, C(0x1.39fe51a7c18f9p-3), C(0x1.7462b51cb66b1p-3)));
    p = F(x4, p, F(x2, F(x, C(0x1.c71c62e3f11e6p-3), C(0x1.2492492df281ap-2)),
        F(x, C(0x1.99999999952d7p-2), C(0x1.5555555555558p-1))));
    return p;
}

// (log((1+s)/(1-s)) - 2 s - 2 s^3/3) / s^5, x = s^2, on [1.0e-20, 0.02944], degree 7, error 6.5e-17.
INLINE V logTailPolynomial(V x) {
    V x2 = x * x;
    V x4 = x2 * x2;
    V p = F(x2, F(x, C(0x1.e02e6fff27908p-4), C(0x1.df7cc8e5fa539p-4)),
        F(x, C(0x1.1118c7e4b0917p-3), C(0x1.3b1395d2190c1p-3)));
    p = F(x4, p, F(x2, F(x, C(0x1.745d177a96056p-3), C(0x1.c71c71c6eaa10p-3)),
        F(x, C(0x1.2492492492521p-2), C(0x1.999999999999ap-2))));
    return p;
}

// (sin(r) - r) / r^3, x = r^2, on [1.0e-18, 0.61691], degree 5, error 1.9e-16.
INLINE V sinPolynomial(V x) {
    V x2 = x * x;
    V x4 = x2 * x2;
    V p = F(x, C(0x1.5e0b05bff20f2p-33), C(-0x1.ae600aca92c64p-26));
    p = F(x4, p, F(x2, F(x, C(0x1.71de379654304p-19), C(-0x1.a01a019e83816p-13)),
        F(x, C(0x1.1111111110bb2p-7), C(-0x1.5555555555555p-3))));
    return p;
}

// (cos(r) - 1 + r^2/2) / r^4, x = r^2, on [1.0e-14, 0.61691], degree 5, error 5.8e-17.
INLINE V cosPolynomial(V x) {
    V x2 = x * x;
    V x4 = x2 * x2;
    V p = F(x, C(-0x1.907d8f29fe830p-37), C(0x1.1eeb68cd22f56p-29));
    p = F(x4, p, F(x2, F(x, C(-0x1.27e4fa17bf139p-22), C(0x1.a01a019f4e9b4p-16)),
        F(x, C(-0x1.6c16c16c16967p-10), C(0x1.5555555555555p-5))));
    return p;
}

// (atan(t) - t) / t^3, x = t^2, on [1.0e-18, 1.0], degree 20, error 1.6e-16.
INLINE V atanPolynomial(V x) {
    V x2 = x * x;
    V x4 = x2 * x2;
    V p = C(-0x1.8d087295ab9f4p-17);
    p = F(x4, p, F(x2, F(x, C(0x1.1f0adb240a1fbp-13), C(-0x1.8a2f3ae537bb1p-11)),
        F(x, C(0x1.57cc888719aa0p-9), C(-0x1.aef1a8e977bf8p-8))));
    p = F(x4, p, F(x2, F(x, C(0x1.a1fe88baf72d4p-7), C(-0x1.4b974a27ac39fp-6)),
        F(x, C(0x1.c3ac54a572735p-6), C(-0x1.147b2825d82f6p-5))));
    p = F(x4, p, F(x2, F(x, C(0x1.3d3f26d5ea7ffp-5), C(-0x1.60ebd1489b946p-5)),
        F(x, C(0x1.854a7b99af61dp-5), C(-0x1.af00bd568a3d2p-5))));
    p = F(x4, p, F(x2, F(x, C(0x1.e1dc0d7679adcp-5), C(-0x1.1110bfea8ed5ep-4)),
        F(x, C(0x1.3b13aaf4aba4ap-4), C(-0x1.745d16f26d0a3p-4))));
    p = F(x4, p, F(x2, F(x, C(0x1.c71c71c472843p-4), C(-0x1.249249248c7dap-3)),
        F(x, C(0x1.99999999998f9p-3), C(-0x1.5555555555555p-2))));
    return p;
}

// (asin(t) - t) / t^3, x = t^2, on [1.0e-18, 0.2501], degree 12, error 1.2e-16.
INLINE V asinPolynomial(V x) {
    V x2 = x * x;
    V x4 = x2 * x2;
    V p = C(0x1.d78189767524ep-6);
    p = F(x4, p, F(x2, F(x, C(-0x1.e7a24f548c99fp-7), C(0x1.1d661531b222ep-6)),
        F(x, C(0x1.653a8f8cfd43cp-8), C(0x1.524ea8b3aad31p-7))));
    p = F(x4, p, F(x2, F(x, C(0x1.78246f32d075cp-7), C(0x1.c9cf3759fd8ffp-7)),
        F(x, C(0x1.1c4d343fa57f6p-6), C(0x1.6e8bb1d89492bp-6))));
    p = F(x4, p, F(x2, F(x, C(0x1.f1c71c1d4aa0dp-6), C(0x1.6db6db6e3292ep-5)),
        F(x, C(0x1.3333333332ec4p-4), C(0x1.5555555555556p-3))));
    return p;
}

// erf(t) / t - 1, x = t^2, on [1.0e-20, 1.0], degree 12, error 2.2e-13.
INLINE V erfPolynomial(V x) {
    V x2 = x * x;
    V x4 = x2 * x2;
    V p = C(0x1.05ffd737fb32ep-34);
    p = F(x4, p, F(x2, F(x, C(-0x1.389d4f2641625p-30), C(0x1.f7b4bf3b13964p-27)),
        F(x, C(-0x1.5f1ecb6f0764cp-23), C(0x1.b9df224ca4b97p-20))));
    p = F(x4, p, F(x2, F(x, C(-0x1.f4d1e3183f7aep-17), C(0x1.f9a321d5b8e1ep-14)),
        F(x, C(-0x1.c02db3dac435fp-11), C(0x1.565bcd0dbaa38p-8))));
    p = F(x4, p, F(x2, F(x, C(-0x1.b82ce31284e00p-6), C(0x1.ce2f21a042b30p-4)),
        F(x, C(-0x1.812746b0379e6p-2), C(0x1.06eba8214db69p-3))));
    return p;
}

// (1 + 2 t) exp(t^2) erfc(t), x = (t - 4) / (t + 4), on [-1.0, 1.0], degree 25, error 5.9e-17.
INLINE V erfcxPolynomial(V x) {
    V x2 = x * x;
    V x4 = x2 * x2;
    V p = F(x, C(-0x1.3ab5f305406abp-33), C(-0x1.24002c7a2cd33p-32));
    p = F(x4, p, F(x2, F(x, C(0x1.f5d82998c4bdbp-30), C(0x1.b34e2d1f45b47p-29)),
        F(x, C(-0x1.fcc3bd6bd1f6cp-27), C(-0x1.611fcf9e91ebfp-26))));
    p = F(x4, p, F(x2, F(x, C(0x1.d9882a5fd966fp-24), C(0x1.4cb0ef4aa79f9p-24)),
        F(x, C(-0x1.baf5e7d29ac4ap-21), C(0x1.3983738b2904ap-22))));
    p = F(x4, p, F(x2, F(x, C(0x1.7f25450fe62ebp-18), C(-0x1.78862b687a963p-17)),
        F(x, C(-0x1.9958e21d6d309p-16), C(0x1.3be04c48598f0p-13))));
    p = F(x4, p, F(x2, F(x, C(-0x1.a1df289a4d8fcp-13), C(-0x1.8d4a9b068fc45p-11)),
        F(x, C(0x1.49c6728a19fdep-8), C(-0x1.096238838fb1cp-6))));
    p = F(x4, p, F(x2, F(x, C(0x1.3079edf67777fp-5), C(-0x1.0fb06dfe52604p-4)),
        F(x, C(0x1.7fee004e1295bp-4), C(-0x1.9ddb23c3e89f3p-4))));
    p = F(x4, p, F(x2, F(x, C(0x1.16ecefcfa5383p-4), C(0x1.f7f5df66fd6bap-7)),
        F(x, C(-0x1.1df1ad154a28ep-3), C(0x1.3ba5916e9fd7fp+0))));
    return p;
}

// log Gamma(2 + x) / x on [-0.5, 0.5], degree 18, error 6.8e-17.
INLINE V logGammaPolynomial(V x) {
    V x2 = x * x;
    V x4 = x2 * x2;
    V p = F(x2, C(-0x1.1be56b7e101c6p-23),
        F(x, C(0x1.2b4bb069ee6a9p-22), C(-0x1.d06b46182e294p-22)));
    p = F(x4, p, F(x2, F(x, C(0x1.edf317afe0c72p-21), C(-0x1.125408d7ee6ebp-19)),
        F(x, C(0x1.2640a5e8ab73ep-18), C(-0x1.3cb5f201754a6p-17))));
    p = F(x4, p, F(x2, F(x, C(0x1.5806d7786fbc2p-16), C(-0x1.78de85fa0bf74p-15)),
        F(x, C(0x1.a127dd231f4b2p-14), C(-0x1.d3fd4bda4f97bp-13))));
    p = F(x4, p, F(x2, F(x, C(0x1.0b36af3424c50p-11), C(-0x1.38ac5c2c96006p-10)),
        F(x, C(0x1.7add6eae5b8fdp-9), C(-0x1.e404fc218ecffp-8))));
    p = F(x4, p, F(x2, F(x, C(0x1.51322ac7d7fd2p-6), C(-0x1.13e001a557607p-4)),
        F(x, C(0x1.4a34cc4a60fa7p-2), C(0x1.b0ee6072093cep-2))));
    return p;
}

// t (log Gamma(t) - (t - 1/2) log t + t - log(2 pi)/2), x = 1/t^2, on [1.0e-12, 0.04], degree 9, error 5.6e-17.
INLINE V stirlingPolynomial(V x) {
    V x2 = x * x;
    V x4 = x2 * x2;
    V p = F(x, C(-0x1.4705a82e799e4p-2), C(0x1.df049927a96bcp-4));
    p = F(x4, p, F(x2, F(x, C(-0x1.bc00249a542c4p-6), C(0x1.9ffd16e8e6fb0p-8)),
        F(x, C(-0x1.f665883e5e23ep-10), C(0x1.b95074d438575p-11))));
    p = F(x4, p, F(x2, F(x, C(-0x1.38137f071486ep-11), C(0x1.a01a019e60b99p-11)),
        F(x, C(-0x1.6c16c16c169f8p-9), C(0x1.5555555555555p-4))));
    return p;
}

// t^2 (log t - 1/(2t) - digamma(t)), x = 1/t^2, on [1.0e-10, 0.027778], degree 8, error 5.5e-17.
INLINE V digammaPolynomial(V x) {
    V x2 = x * x;
    V x4 = x2 * x2;
    V p = C(0x1.3d3a1ce79fe1bp+0);
    p = F(x4, p, F(x2, F(x, C(-0x1.78afabd94e1f7p-2), C(0x1.4d9027ad7379fp-4)),
        F(x, C(-0x1.591b31052fefap-6), C(0x1.f077969fc5396p-8))));
    p = F(x4, p, F(x2, F(x, C(-0x1.11110af266eb0p-8), C(0x1.041040ffe2d6dp-8)),
        F(x, C(-0x1.1111111110839p-7), C(0x1.5555555555555p-4))));
    return p;
}

// t^3 (trigamma(t) - 1/t - 1/(2 t^2)), x = 1/t^2, on [1.0e-10, 0.027778], degree 8, error 9.1e-17.
INLINE V trigammaPolynomial(V x) {
    V x2 = x * x;
    V x4 = x2 * x2;
    V p = C(0x1.4662a17014dd3p+4);
    p = F(x4, p, F(x2, F(x, C(-0x1.6bef866c08c93p+2), C(0x1.21b5dd53e508fp+0)),
        F(x, C(-0x1.02a3f49590237p-2), C(0x1.364866b89a50fp-4))));
    p = F(x4, p, F(x2, F(x, C(-0x1.111103204279dp-5), C(0x1.8618617316e13p-6)),
        F(x, C(-0x1.111111110e8dbp-5), C(0x1.5555555555555p-3))));
    return p;
}

// t^4 (psi''(t) + 1/t^2 + 1/t^3), x = 1/t^2, on [1.0e-10, 0.027778], degree 9, error 5.8e-17.
INLINE V tetragammaPolynomial(V x) {
    V x2 = x * x;
    V x4 = x2 * x2;
    V p = F(x, C(0x1.549e20db4cf41p+11), C(-0x1.5b96270162af1p+9));
    p = F(x4, p, F(x2, F(x, C(0x1.bbdcf7023869bp+6), C(-0x1.153ff24298782p+4)),
        F(x, C(0x1.a4ed86c8be4bap+1), C(-0x1.aaa8cfecf1f4bp-1))));
    p = F(x4, p, F(x2, F(x, C(0x1.33332f3ea8f99p-2), C(-0x1.55555551021e1p-3)),
        F(x, C(0x1.555555555468cp-3), C(-0x1.0000000000000p-1))));
    return p;
}

// The bits of 2/pi after the binary point, after one word of zeros.
static const uint64_t twoOverPi[] = {
    0,
    0xa2f9836e4e441529, 0xfc2757d1f534ddc0, 0xdb6295993c439041, 0xfe5163abdebbc561,
    0xb7246e3a424dd2e0, 0x06492eea09d1921c, 0xfe1deb1cb129a73e, 0xe88235f52ebb4484,
    0xe99c7026b45f7e41, 0x3991d639835339f4, 0x9c845f8bbdf9283b, 0x1ff897ffde05980f,
    0xef2f118b5a0a6d1f, 0x6d367ecf27cb09b7, 0x4f463f669e5fea2d, 0x7527bac7ebe5f17b,
    0x3d0739f78a5292ea, 0x6bfb5fb11f8d5d08, 0x56033046fc7b6bab, 0xf0cfbc209af4361d,
};
