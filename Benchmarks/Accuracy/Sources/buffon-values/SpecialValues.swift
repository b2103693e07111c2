// SPDX-License-Identifier: GPL-3.0-or-later

import Buffon

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The functions of Tests/Reference/special/special.csv by the names there.
let specialFunctions: [String: @Sendable ([Double]) -> Double] = [
    "lgamma": { logGamma($0[0]) }, "digamma": { digamma($0[0]) },
    "trigamma": { trigamma($0[0]) }, "tetragamma": { tetragamma($0[0]) },
    "lbeta": { logBeta($0[0], $0[1]) }, "beta": { beta($0[0], $0[1]) },
    "gammaP": { gammaP($0[0], $0[1]) }, "gammaQ": { gammaQ($0[0], $0[1]) },
    "gammaPInv": { gammaPInverse($0[0], $0[1]) }, "gammaQInv": { gammaQInverse($0[0], $0[1]) },
    "betaI": { betaI($0[2], $0[0], $0[1]) }, "betaIInv": { betaIInverse($0[2], $0[0], $0[1]) },
    "erf": { erf($0[0]) }, "erfc": { erfc($0[0]) }, "erfcx": { erfcx($0[0]) },
    "logErfc": { logErfc($0[0]) }, "erfInv": { erfInverse($0[0]) },
    "erfcInv": { erfcInverse($0[0]) }, "dawson": { dawson($0[0]) },
    "normalCdf": { normalCDF($0[0]) }, "logNormalCdf": { logNormalCDF($0[0]) },
    "normalQuantile": { normalQuantile($0[0]) },
    "besselJ": { besselJ($0[0], $0[1]) }, "besselY": { besselY($0[0], $0[1]) },
    "besselI": { besselI($0[0], $0[1]) }, "besselK": { besselK($0[0], $0[1]) },
    "besselIe": { besselIScaled($0[0], $0[1]) }, "besselKe": { besselKScaled($0[0], $0[1]) },
    "logBesselI": { logBesselI($0[0], $0[1]) }, "logBesselK": { logBesselK($0[0], $0[1]) },
    "airyAi": { airyAi($0[0]) }, "airyBi": { airyBi($0[0]) },
    "airyAiDerivative": { airyAiDerivative($0[0]) },
    "airyBiDerivative": { airyBiDerivative($0[0]) },
    "owensT": { owensT($0[0], $0[1]) },
    "lambertW0": { lambertW0($0[0]) }, "lambertWm1": { lambertWm1($0[0]) },
    "zeta": { zeta($0[0]) }, "hurwitzZeta": { hurwitzZeta($0[0], $0[1]) },
    "polygamma": { polygamma(Int($0[0]), $0[1]) },
    "hyp1f1": { hypergeometric1F1($0[0], $0[1], $0[2]) },
    "hyp2f1": { hypergeometric2F1($0[0], $0[1], $0[2], $0[3]) },
    "expintE1": { expIntegralE1($0[0]) }, "expintEi": { expIntegralEi($0[0]) },
    "ellipticK": { ellipticK($0[0]) }, "ellipticE": { ellipticE($0[0]) },
    "ellipticPi": { ellipticPi($0[0], $0[1]) },
    "ellipticF": { ellipticF($0[0], $0[1]) },
    "ellipticEIncomplete": { ellipticE($0[0], $0[1]) },
    "ellipticPiIncomplete": { ellipticPi($0[0], $0[1], $0[2]) },
    "carlsonRF": { carlsonRF($0[0], $0[1], $0[2]) }, "carlsonRC": { carlsonRC($0[0], $0[1]) },
    "carlsonRD": { carlsonRD($0[0], $0[1], $0[2]) },
    "carlsonRJ": { carlsonRJ($0[0], $0[1], $0[2], $0[3]) },
    "log1pExp": { log1pExp($0[0]) }, "log1mExp": { log1mExp($0[0]) },
    "logit": { logit($0[0]) }, "invLogit": { logistic($0[0]) },
    "logInvLogit": { logLogistic($0[0]) }, "logSumExp2": { logSumExp($0[0], $0[1]) },
    "logDiffExp": { logDiffExp($0[0], $0[1]) }, "log1p": { log1p($0[0]) },
    "expm1": { expm1($0[0]) }, "log1pmx": { log1pMinusX($0[0]) },
    "lchoose": { logChoose($0[0], $0[1]) }, "logRising": { logRising($0[0], $0[1]) },
    "mvlgamma": { logMultivariateGamma($0[0], Int($0[1])) },
]
