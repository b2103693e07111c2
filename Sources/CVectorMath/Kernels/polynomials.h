// SPDX-License-Identifier: GPL-3.0-or-later
// Written by Tests/Reference/vectormath/coefficients.py; do not edit.
// C splats a constant, F(a, b, c) = a b + c rounded once.

// (exp(x) - 1 - x) / x^2 on [-0.34661, 0.34661], degree 10, error 4.9e-18.
INLINE V expPolynomial(V x) {
    V x2 = x * x;
    V x4 = x2 * x2;
    V p = F(x2, C(0x1.1f730349868cep-29),
        F(x, C(0x1.af4de97ca4194p-26), C(0x1.27e4db646b17ep-22)));
    p = F(x4, p, F(x2, F(x, C(0x1.71de0231960ebp-19), C(0x1.a01a01a6d889cp-16)),
        F(x, C(0x1.a01a01abe7fe1p-13), C(0x1.6c16c16c162d4p-10))));
    p = F(x4, p, F(x2, F(x, C(0x1.11111111100dcp-7), C(0x1.5555555555556p-5)),
        F(x, C(0x1.5555555555557p-3), C(0x1.0000000000000p-1))));
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

// (log((1+s)/(1-s)) - 2 s) / s^3, x = s^2, on [1.0e-30, 0.11111], degree 10, error 6.2e-17.
INLINE V logWidePolynomial(V x) {
    V x2 = x * x;
    V x4 = x2 * x2;
    V p = F(x2, C(0x1.401d3e65cdc48p-3),
        F(x, C(0x1.32e0d25c9c761p-4), C(0x1.bc37f0140c19ep-4)));
    p = F(x4, p, F(x2, F(x, C(0x1.e0a2d581ab68fp-4), C(0x1.111abdc8abe16p-3)),
        F(x, C(0x1.3b13515f6f9efp-3), C(0x1.745d19937b1fcp-3))));
    p = F(x4, p, F(x2, F(x, C(0x1.c71c71bedea97p-3), C(0x1.2492492499d46p-2)),
        F(x, C(0x1.9999999999944p-2), C(0x1.5555555555555p-1))));
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
    V p = C(-0x1.3ab5f305406abp-33);
    p = F(x4, p, F(x2, F(x, C(-0x1.24002c7a2cd33p-32), C(0x1.f5d82998c4bdbp-30)),
        F(x, C(0x1.b34e2d1f45b47p-29), C(-0x1.fcc3bd6bd1f6cp-27))));
    p = F(x4, p, F(x2, F(x, C(-0x1.611fcf9e91ebfp-26), C(0x1.d9882a5fd966fp-24)),
        F(x, C(0x1.4cb0ef4aa79f9p-24), C(-0x1.baf5e7d29ac4ap-21))));
    p = F(x4, p, F(x2, F(x, C(0x1.3983738b2904ap-22), C(0x1.7f25450fe62ebp-18)),
        F(x, C(-0x1.78862b687a963p-17), C(-0x1.9958e21d6d309p-16))));
    p = F(x4, p, F(x2, F(x, C(0x1.3be04c48598f0p-13), C(-0x1.a1df289a4d8fcp-13)),
        F(x, C(-0x1.8d4a9b068fc45p-11), C(0x1.49c6728a19fdep-8))));
    p = F(x4, p, F(x2, F(x, C(-0x1.096238838fb1cp-6), C(0x1.3079edf67777fp-5)),
        F(x, C(-0x1.0fb06dfe52604p-4), C(0x1.7fee004e1295bp-4))));
    p = F(x4, p, F(x2, F(x, C(-0x1.9ddb23c3e89f3p-4), C(0x1.16ecefcfa5383p-4)),
        F(x, C(0x1.f7f5df66fd6bap-7), C(-0x1.1df1ad154a28ep-3))));
    return F(x, p, C(0x1.3ba5916e9fd7fp+0));
}

// its derivative, roughly, on [-1.0, 0.9], degree 5, error 1.0e+2.
INLINE V erfcxSlopePolynomial(V x) {
    V x2 = x * x;
    V x4 = x2 * x2;
    V p = F(x, C(-0x1.616c23f4162e4p-1), C(0x1.c5c1475fd6d4cp-1));
    p = F(x4, p, F(x2, F(x, C(-0x1.f2798260ae54ep-3), C(0x1.b5b095249aae3p-5)),
        F(x, C(0x1.6d068358495f8p-7), C(-0x1.0dc09b2822cdcp-3))));
    return p;
}

// log Gamma(t) / ((t - 1) (t - 2)), x = t - 7/4, on [-0.75, 0.75], degree 25, error 4.1e-17.
INLINE V logGammaPolynomial(V x) {
    V x2 = x * x;
    V x4 = x2 * x2;
    V p = C(-0x1.b05ceec2a1f35p-25);
    p = F(x4, p, F(x2, F(x, C(0x1.876410711761ap-24), C(0x1.43cd36659bd6bp-26)),
        F(x, C(-0x1.1ea38134efb1bp-25), C(-0x1.0032fdb1b8854p-22))));
    p = F(x4, p, F(x2, F(x, C(0x1.d2ab7356b2efcp-22), C(-0x1.13519a304b483p-21)),
        F(x, C(0x1.f9ffa177fced2p-21), C(-0x1.ffd214be26a73p-20))));
    p = F(x4, p, F(x2, F(x, C(0x1.d7f7c7ff850b7p-19), C(-0x1.afd569e9932b0p-18)),
        F(x, C(0x1.90d72d04ecab8p-17), C(-0x1.75d41586fe812p-16))));
    p = F(x4, p, F(x2, F(x, C(0x1.5ddb7bf9f03f3p-15), C(-0x1.49179497db9a2p-14)),
        F(x, C(0x1.377643bb6ff22p-13), C(-0x1.28f267e3e6bf9p-12))));
    p = F(x4, p, F(x2, F(x, C(0x1.1daed671f2d06p-11), C(-0x1.1605626db0c87p-10)),
        F(x, C(0x1.12aa72f53cf05p-9), C(-0x1.14f7c58eb2647p-8))));
    p = F(x4, p, F(x2, F(x, C(0x1.1f9587fa21978p-7), C(-0x1.382e176f60ad9p-6)),
        F(x, C(0x1.6cb62517118dap-5), C(-0x1.e96586307946ep-4))));
    return F(x, p, C(0x1.ccf151e09cde8p-2));
}

// t (log Gamma(t + 1/2) - log Gamma(t) - log(t)/2), x = 1/t^2, on [1.0e-12, 0.04], degree 9, error 1.5e-18.
INLINE V halfStepPolynomial(V x) {
    V x2 = x * x;
    V x4 = x2 * x2;
    V p = F(x, C(0x1.47056ee6b95e6p-1), C(-0x1.df03eaf1423dep-3));
    p = F(x4, p, F(x2, F(x, C(0x1.bbfe422fd9720p-5), C(-0x1.9ff686b11f21bp-7)),
        F(x, C(0x1.f6461d90ebaccp-9), C(-0x1.b8e2205b9e640p-10))));
    p = F(x4, p, F(x2, F(x, C(0x1.36db6b85dc903p-10), C(-0x1.99999997e051ap-10)),
        F(x, C(0x1.5555555555336p-8), C(-0x1.0000000000000p-3))));
    return p;
}

// t^2 times the derivative of that over t, x = 1/t^2, on [1.0e-12, 0.04], degree 9, error 2.7e-17.
INLINE V halfStepSlopePolynomial(V x) {
    V x2 = x * x;
    V x4 = x2 * x2;
    V p = F(x, C(-0x1.54298c31ba8fdp+3), C(0x1.dc0e5852d8991p+1));
    p = F(x4, p, F(x2, F(x, C(-0x1.96e911bbdb634p-1), C(0x1.508bf29d04dd7p-3)),
        F(x, C(-0x1.592ff08564dfdp-5), C(0x1.effcb87ff5b5ap-7))));
    p = F(x4, p, F(x2, F(x, C(-0x1.0ffffafbdc815p-7), C(0x1.fffffff81ecc9p-8)),
        F(x, C(-0x1.fffffffffeca1p-7), C(0x1.0000000000000p-3))));
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

// digamma(t) / (t - root), x = t - 3/2, on [-0.5, 0.5], degree 21, error 7.1e-17.
INLINE V digammaRootPolynomial(V x) {
    V x2 = x * x;
    V x4 = x2 * x2;
    V p = C(-0x1.6b107f71aa124p-13);
    p = F(x4, p, F(x2, F(x, C(0x1.104c9d0897b58p-12), C(-0x1.3db05b36d9a48p-13)),
        F(x, C(0x1.dc8ae08af0fc4p-13), C(-0x1.f99f529bd0771p-12))));
    p = F(x4, p, F(x2, F(x, C(0x1.7b3b41b0b38cdp-11), C(-0x1.1002aaf6255f5p-10)),
        F(x, C(0x1.980fc9c9f0be8p-10), C(-0x1.33661f9073563p-9))));
    p = F(x4, p, F(x2, F(x, C(0x1.cd3e42d157015p-9), C(-0x1.5a071c746535bp-8)),
        F(x, C(0x1.03c00801ba958p-7), C(-0x1.86355f6f68797p-7))));
    p = F(x4, p, F(x2, F(x, C(0x1.256475e5ac975p-6), C(-0x1.b9f8b1367959dp-6)),
        F(x, C(0x1.4de9aa05d3418p-5), C(-0x1.fb442029cdbf4p-5))));
    p = F(x4, p, F(x2, F(x, C(0x1.8512e5905d180p-4), C(-0x1.2feeeb98a7cd8p-3)),
        F(x, C(0x1.eca189b8e6da1p-3), C(-0x1.b1cb63005ee97p-2))));
    return F(x, p, C(0x1.e6f0cbb873617p-1));
}

#define DIGAMMA_ROOT C(0x1.762d86356be3fp+0)
#define DIGAMMA_ROOT_LOW C(0x1.b86a722197829p-54)

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
