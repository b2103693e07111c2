# SPDX-License-Identifier: GPL-3.0-or-later
"""Digits right of ours, SciPy's and GSL's functions against Tests/Reference, as tables in
Markdown (Documentation/accuracy.md).

Usage: python3 accuracy.py PATH/buffon-values > ../../Documentation/accuracy.md

Needs numpy, scipy and libgsl.so. Truth: the tables' 22 to 28 digits (Arb, mpmath). A value
that is NaN, or infinite where the truth is finite, has 0 digits. The worst is over rows whose
condition number is at most 100; `lost` is the worst of all rows after what the condition
explains has been given back, so that it too should be near 15.
"""

import csv
import ctypes
import ctypes.util
import math
import pathlib
import statistics
import subprocess
import sys
from decimal import Decimal, InvalidOperation

import numpy as np
import scipy
from scipy import special as sp
from scipy import stats

np.seterr(all="ignore")
REFERENCE = pathlib.Path(__file__).resolve().parents[2] / "Tests" / "Reference"
GSL = ctypes.CDLL(ctypes.util.find_library("gsl") or "libgsl.so.27")
GSL.gsl_set_error_handler_off()


def gsl(name, *kinds):
    """A function of GSL by the types of its arguments: d double, i int, m double and mode."""
    try:
        function = getattr(GSL, "gsl_" + name)
    except AttributeError:
        return None
    function.restype = ctypes.c_double

    def call(*x):
        arguments = []
        for kind, value in zip(kinds, x):
            if kind == "i":
                if value != round(value) or abs(value) > 2**31 - 1:
                    return math.nan
                arguments.append(ctypes.c_int(int(value)))
            else:
                arguments.append(ctypes.c_double(value))
            if kind == "m":
                arguments.append(ctypes.c_uint(0))
        return function(*arguments)

    return call


def reorder(function, *places):
    return function and (lambda *x: function(*(x[i] for i in places)))


d = "d"
SPECIAL = {  # SciPy's and GSL's functions
    "lgamma": (sp.gammaln, gsl("sf_lngamma", d)), "digamma": (sp.digamma, gsl("sf_psi", d)),
    "trigamma": (lambda x: sp.polygamma(1, x), gsl("sf_psi_1", d)),
    "tetragamma": (lambda x: sp.polygamma(2, x), lambda x: gsl("sf_psi_n", "i", d)(2, x)),
    "lbeta": (sp.betaln, gsl("sf_lnbeta", d, d)), "beta": (sp.beta, gsl("sf_beta", d, d)),
    "gammaP": (sp.gammainc, gsl("sf_gamma_inc_P", d, d)),
    "gammaQ": (sp.gammaincc, gsl("sf_gamma_inc_Q", d, d)),
    "gammaPInv": (sp.gammaincinv, lambda a, p: gsl("cdf_gamma_Pinv", d, d, d)(p, a, 1)),
    "gammaQInv": (sp.gammainccinv, lambda a, q: gsl("cdf_gamma_Qinv", d, d, d)(q, a, 1)),
    "betaI": (sp.betainc, gsl("sf_beta_inc", d, d, d)),
    "betaIInv": (sp.betaincinv, lambda a, b, p: gsl("cdf_beta_Pinv", d, d, d)(p, a, b)),
    "erf": (sp.erf, gsl("sf_erf", d)), "erfc": (sp.erfc, gsl("sf_erfc", d)),
    "erfcx": (sp.erfcx, None), "logErfc": (None, gsl("sf_log_erfc", d)),
    "erfInv": (sp.erfinv, None), "erfcInv": (sp.erfcinv, None),
    "dawson": (sp.dawsn, gsl("sf_dawson", d)),
    "normalCdf": (sp.ndtr, gsl("cdf_ugaussian_P", d)), "logNormalCdf": (sp.log_ndtr, None),
    "normalQuantile": (sp.ndtri, gsl("cdf_ugaussian_Pinv", d)),
    "besselJ": (sp.jv, gsl("sf_bessel_Jnu", d, d)), "besselY": (sp.yv, gsl("sf_bessel_Ynu", d, d)),
    "besselI": (sp.iv, gsl("sf_bessel_Inu", d, d)), "besselK": (sp.kv, gsl("sf_bessel_Knu", d, d)),
    "besselIe": (sp.ive, gsl("sf_bessel_Inu_scaled", d, d)),
    "besselKe": (sp.kve, gsl("sf_bessel_Knu_scaled", d, d)),
    "logBesselI": (lambda v, x: np.log(sp.ive(v, x)) + x, None),
    "logBesselK": (lambda v, x: np.log(sp.kve(v, x)) - x, gsl("sf_bessel_lnKnu", d, d)),
    "airyAi": (lambda x: sp.airy(x)[0], gsl("sf_airy_Ai", "m")),
    "owensT": (sp.owens_t, None),
    "lambertW0": (lambda x: sp.lambertw(x).real, gsl("sf_lambert_W0", d)),
    "lambertWm1": (lambda x: sp.lambertw(x, -1).real, gsl("sf_lambert_Wm1", d)),
    "zeta": (sp.zeta, gsl("sf_zeta", d)), "hurwitzZeta": (sp.zeta, gsl("sf_hzeta", d, d)),
    "hyp1f1": (sp.hyp1f1, gsl("sf_hyperg_1F1", d, d, d)),
    "hyp2f1": (sp.hyp2f1, gsl("sf_hyperg_2F1", d, d, d, d)),
    "expintE1": (sp.exp1, gsl("sf_expint_E1", d)), "expintEi": (sp.expi, gsl("sf_expint_Ei", d)),
    "log1pExp": (lambda x: np.logaddexp(0, x), None), "log1mExp": (None, None),
    "logit": (sp.logit, None), "invLogit": (sp.expit, None), "logInvLogit": (sp.log_expit, None),
    "logSumExp2": (np.logaddexp, None), "logDiffExp": (None, None),
    "log1p": (sp.log1p, gsl("sf_log_1plusx", d)), "expm1": (sp.expm1, gsl("sf_expm1", d)),
    "log1pmx": (None, gsl("sf_log_1plusx_mx", d)),
    "lchoose": (lambda n, k: -sp.betaln(1 + n - k, 1 + k) - np.log1p(n), gsl("sf_lnchoose", "i", "i")),
    "logRising": (lambda a, n: sp.gammaln(a + n) - sp.gammaln(a), gsl("sf_lnpoch", d, d)),
    "mvlgamma": (lambda a, p: sp.multigammaln(a, int(p)), None),
}

p_q = {"cdf": "P", "sf": "Q", "quantile": "Pinv", "isf": "Qinv"}


def gsl_distribution(name, pick, counts=False, shift=None):
    """GSL's density, distribution functions and quantiles of a family."""

    def call(function, x, p):
        arguments = [float(v) for v in pick(p)]
        kinds = ["d"] * len(arguments)
        shifted = x - shift(p) if shift and function not in ("quantile", "isf") else x
        if counts:
            kinds = ["i" if k in counts else "d" for k in range(len(arguments))]
        if function in ("pdf", "pmf"):
            f, first = gsl(f"ran_{name}_pdf", "i" if counts is not False else "d", *kinds), shifted
        elif function in p_q and not (counts is not False and function in ("quantile", "isf")):
            f = gsl(f"cdf_{name}_{p_q[function]}", "i" if counts is not False else "d", *kinds)
            first = shifted
        else:
            return None
        if f is None:
            return None
        found = f(first, *arguments)
        return found + shift(p) if shift and function in ("quantile", "isf") else found

    return call


FAMILIES = {  # table: SciPy's distribution, GSL's
    "normal": (lambda p: stats.norm(p[0], p[1]), gsl_distribution("gaussian", lambda p: [p[1]], shift=lambda p: p[0])),
    "lognormal": (lambda p: stats.lognorm(p[1], scale=math.exp(p[0])), gsl_distribution("lognormal", lambda p: p)),
    "exponential": (lambda p: stats.expon(scale=1 / p[0]), gsl_distribution("exponential", lambda p: [1 / p[0]])),
    "gamma": (lambda p: stats.gamma(p[0], scale=1 / p[1]), gsl_distribution("gamma", lambda p: [p[0], 1 / p[1]])),
    "inverseGamma": (lambda p: stats.invgamma(p[0], scale=p[1]), None),
    "chiSquared": (lambda p: stats.chi2(p[0]), gsl_distribution("chisq", lambda p: p)),
    "chi": (lambda p: stats.chi(p[0]), None),
    "f": (lambda p: stats.f(p[0], p[1]), gsl_distribution("fdist", lambda p: p)),
    "studentT": (lambda p: stats.t(p[0], p[1], p[2]), None),
    "beta": (lambda p: stats.beta(p[0], p[1]), gsl_distribution("beta", lambda p: p)),
    "uniform": (lambda p: stats.uniform(p[0], p[1] - p[0]), gsl_distribution("flat", lambda p: p)),
    "cauchy": (lambda p: stats.cauchy(p[0], p[1]), gsl_distribution("cauchy", lambda p: [p[1]], shift=lambda p: p[0])),
    "laplace": (lambda p: stats.laplace(p[0], p[1]), gsl_distribution("laplace", lambda p: [p[1]], shift=lambda p: p[0])),
    "logistic": (lambda p: stats.logistic(p[0], p[1]), gsl_distribution("logistic", lambda p: [p[1]], shift=lambda p: p[0])),
    "weibull": (lambda p: stats.weibull_min(p[0], scale=p[1]), gsl_distribution("weibull", lambda p: [p[1], p[0]])),
    "frechet": (lambda p: stats.invweibull(p[0], scale=p[1]), None),
    "gumbel": (lambda p: stats.gumbel_r(p[0], p[1]), None),
    "logLogistic": (lambda p: stats.fisk(p[1], scale=p[0]), None),
    "pareto": (lambda p: stats.pareto(p[1], scale=p[0]), gsl_distribution("pareto", lambda p: [p[1], p[0]])),
    "paretoType2": (lambda p: stats.lomax(p[2], p[0], p[1]), None),
    "rayleigh": (lambda p: stats.rayleigh(scale=p[0]), gsl_distribution("rayleigh", lambda p: p)),
    "maxwell": (lambda p: stats.maxwell(scale=p[0]), None),
    "levy": (lambda p: stats.levy(p[0], p[1]), None),
    "vonMises": (lambda p: stats.vonmises(p[1], p[0]), None),
    "skewNormal": (lambda p: stats.skewnorm(p[2], p[0], p[1]), None),
    "expModNormal": (lambda p: stats.exponnorm(1 / (p[1] * p[2]), p[0], p[1]), None),
    "inverseGaussian": (lambda p: stats.invgauss(p[0] / p[1], scale=p[1]), None),
    "triangular": (lambda p: stats.triang((p[2] - p[0]) / (p[1] - p[0]), p[0], p[1] - p[0]), None),
    "arcsine": (lambda p: stats.arcsine(p[0], p[1] - p[0]), None),
    "halfNormal": (lambda p: stats.halfnorm(scale=p[0]), None),
    "halfCauchy": (lambda p: stats.halfcauchy(scale=p[0]), None),
    "generalizedNormal": (lambda p: stats.gennorm(p[2], p[0], p[1]), None),
    "generalizedExtremeValue": (lambda p: stats.genextreme(-p[2], p[0], p[1]), None),
    "generalizedPareto": (lambda p: stats.genpareto(p[2], p[0], p[1]), None),
    "noncentralChiSquared": (lambda p: stats.ncx2(p[0], p[1]), None),
    "noncentralF": (lambda p: stats.ncf(p[0], p[1], p[2]), None),
    "noncentralT": (lambda p: stats.nct(p[0], p[1]), None),
    "bernoulli": (lambda p: stats.bernoulli(p[0]), gsl_distribution("bernoulli", lambda p: p, counts=())),
    "binomial": (lambda p: stats.binom(p[0], p[1]), gsl_distribution("binomial", lambda p: [p[1], p[0]], counts=(1,))),
    "betaBinomial": (lambda p: stats.betabinom(p[0], p[1], p[2]), None),
    "poisson": (lambda p: stats.poisson(p[0]), gsl_distribution("poisson", lambda p: p, counts=())),
    "geometric": (lambda p: stats.geom(p[0]), gsl_distribution("geometric", lambda p: p, counts=())),
    "geometric0": (lambda p: stats.geom(p[0], -1), None),
    "negativeBinomial": (lambda p: stats.nbinom(p[0], p[1]), gsl_distribution("negative_binomial", lambda p: [p[1], p[0]], counts=())),
    "negativeBinomial2": (lambda p: stats.nbinom(p[1], p[1] / (p[0] + p[1])), None),
    "hypergeometric": (lambda p: stats.hypergeom(p[0], p[1], p[2]), None),
    "discreteUniform": (lambda p: stats.randint(p[0], p[1] + 1), None),
    "logarithmic": (None, None),  # the others do not come to an end on its tails
    "skellam": (lambda p: stats.skellam(p[0], p[1]), None),
    "zipf": (None, None),  # SciPy asks for terabytes
    "inverseChiSquared": (lambda p: stats.invgamma(p[0] / 2, scale=0.5), None),
    "scaledInverseChiSquared": (lambda p: stats.invgamma(p[0] / 2, scale=p[0] * p[1] * p[1] / 2), None),
    "gumbelType1": (None, gsl_distribution("gumbel1", lambda p: p)),
    "gumbelType2": (None, gsl_distribution("gumbel2", lambda p: p)),
    "halfStudentT": (None, None),
    "kumaraswamy": (None, None),
    "noncentralBeta": (None, None),
    "zeroInflatedPoisson": (None, None),
}

MOMENTS = ("mean", "variance", "skewness", "kurtosis")


def digits(found, truth):
    """The number of right digits, 17 for all; 0 for NaN and false infinities."""
    if truth in ("nan", "inf", "-inf"):
        same = math.isnan(found) if truth == "nan" else found == float(truth)
        return 17.0 if same or truth == "nan" and math.isinf(found) else 0.0
    try:
        exact, value = Decimal(truth), Decimal(repr(float(found)))
    except (InvalidOperation, TypeError):
        return 0.0
    if not value.is_finite():
        return 0.0
    if exact == 0 or value == exact:
        return 17.0 if value == exact else 0.0
    return float(min(Decimal(17), max(Decimal(0), -abs((value - exact) / exact).log10())))


class Scores:
    def __init__(self):
        self.all, self.well, self.rest = [], [], []

    def add(self, found, truth, condition):
        if found is None:
            return
        right = digits(found, truth)
        condition = max(1.0, condition) if math.isfinite(condition) else 1.0
        self.all.append(right)
        self.rest.append(min(17.0, right + math.log10(condition)))
        if condition <= 100:
            self.well.append(right)

    def cells(self):
        if not self.all:
            return ["", "", ""]
        worst = f"{min(self.well):.1f}" if self.well else "-"
        return [f"{statistics.median(self.all):.1f}", worst, f"{min(self.rest):.1f}"]


def call(function, *x):
    try:
        return float(function(*x))
    except (TypeError, ValueError, OverflowError, ZeroDivisionError):
        return math.nan


def table(rows, title):
    print(f"| {title} | n | ours: median | worst | lost | SciPy: median | worst | lost "
          "| GSL: median | worst | lost |")
    print("|" + "---|" * 11)
    for name, count, scores in rows:
        print(f"| {name} | {count} | " + " | ".join(c for s in scores for c in s.cells()) + " |")


def ask(path, lines):
    text = "\n".join(lines) + "\n"
    output = subprocess.run([path], input=text, capture_output=True, text=True, check=True).stdout
    return [None if line == "none" else float(line) for line in output.split("\n")[:-1]]


def special_rows(path):
    with open(REFERENCE / "special" / "special.csv") as file:
        rows = list(csv.DictReader(file))
    arguments = [[float(r[k]) for k in ("a1", "a2", "a3", "a4") if r[k]] for r in rows]
    found = ask(path, [",".join([r["function"], *map(repr, a)]) for r, a in zip(rows, arguments)])
    scores = {}
    for row, x, value in zip(rows, arguments, found):
        name = row["function"]
        condition = float(row["cond"] or 1)
        mine = scores.setdefault(name, (Scores(), Scores(), Scores()))
        mine[0].add(value, row["value"], condition)
        for score, function in zip(mine[1:], SPECIAL[name]):
            if function:
                score.add(call(function, *x), row["value"], condition)
    return [(name, len(s[0].all), s) for name, s in scores.items()]


SCIPY = {"mean": 0, "variance": 1, "skewness": 2, "kurtosis": 3}


def scipy_value(frozen, function, x):
    if function in SCIPY:
        return frozen.stats(moments="mvsk")[SCIPY[function]]
    if function == "quantile":
        return frozen.ppf(x)
    if function == "entropy":
        return frozen.entropy()
    return getattr(frozen, function)(x)


def distribution_rows(path, directory):
    for file in sorted(directory.glob("*.csv")):
        with open(file) as handle:
            rows = [r for r in csv.DictReader(handle) if "params" in r and "function" in r]
        name = file.stem
        if not rows or name not in FAMILIES:
            continue
        lines, parameters = [], []
        for r in rows:
            p = [float(part.split("=")[1]) for part in r["params"].split(";") if "=" in part]
            parameters.append(p)
            lines.append(",".join([":" + name, r["function"], r["x"] or "nan", *map(repr, p)]))
        found = ask(path, lines)
        if all(v is None for v in found):
            continue
        make, other = FAMILIES[name]
        scores, cache = (Scores(), Scores(), Scores()), {}

        def add(score, found, row, condition):
            # A moment that is not there may be infinite or undefined.
            truth = row["value"]
            if row["function"] in MOMENTS and truth in ("nan", "inf", "-inf"):
                found = math.nan if math.isfinite(found) else float(truth)
            score.add(found, truth, condition)
        for r, p, value in zip(rows, parameters, found):
            if value is None or r["function"] == "circularVariance":
                continue
            condition = float(r["cond"] or 1)
            x = float(r["x"]) if r["x"] else math.nan
            add(scores[0], value, r, condition)
            if make and r["params"] not in cache:
                try:
                    cache[r["params"]] = make(p)
                except (ValueError, ZeroDivisionError, OverflowError):
                    cache[r["params"]] = None
            if make:
                frozen = cache[r["params"]]
                theirs = call(scipy_value, frozen, r["function"], x) if frozen else math.nan
                add(scores[1], theirs, r, condition)
            if other:
                try:
                    scores[2].add(other(r["function"], x, p), r["value"], condition)
                except (ValueError, OverflowError, ZeroDivisionError):
                    scores[2].add(math.nan, r["value"], condition)
        yield name, len(scores[0].all), scores


path = sys.argv[1]
directory = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else REFERENCE / "distributions"
print(f"""# Accuracy

Digits right, against 22 to 28 digits from ball and multi-precision arithmetic; SciPy
{scipy.__version__} and GSL 2.7 beside ours. Of a double, 15.65 to 15.95 digits are half a unit
in the last place; 17.0 stands for the truth rounded. *median*: of all rows. *worst*: of the rows
whose condition number is at most 100. *lost*: the worst of all rows when the digits that the
condition number explains are given back. NaN, and infinity where the truth is finite, are 0
digits. An empty cell: the library has no such function, or (logarithmic, zipf) could not be asked:
it takes no end of time or memory. GSL has no logarithms of tails and no moments: its rows
are fewer.

Written by `Benchmarks/Accuracy/accuracy.py`, from `Tests/Reference`.

## Special functions
""")
table(special_rows(path), "function")
print("""
## Distributions

Densities, both tails and their logarithms, quantiles of both tails, moments and entropy, for
parameters and arguments out to the extremes.
""")
table(distribution_rows(path, directory), "family")
