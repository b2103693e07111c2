# SPDX-License-Identifier: GPL-3.0-or-later
# Fits of real data by R's MASS::fitdistr and survival::survreg, with tolerances
# set so that the estimates hold to better than 1e-7: fits_r.csv.
#
#   Rscript fits_r.R > fits_r.csv          (R 4.2.2, MASS 7.3-58, survival 3.5-3)
#
# Columns: family, data, censored (1: right), estimates, standard errors, log
# likelihood. Data from R's packages: faithful, rivers, precip (datasets); quine,
# gehan, motors, galaxies, newcomb (MASS).
suppressMessages({library(MASS); library(survival)})
options(digits = 17)

text <- function(x) paste(formatC(x, digits = 17, format = "g", width = 1), collapse = " ")
named <- function(x) paste(names(x), formatC(x, digits = 12, format = "g", width = 1),
                           sep = "=", collapse = ";")
row <- function(family, data, censored, estimate, error, loglik)
    cat(paste(family, text(data), text(censored), named(estimate), named(error), text(loglik), sep = ","), "\n", sep = "")

# fitdistr, restarted from its own answer until it stays; then Newton's method on
# its log likelihood, for the last digits.
polished <- function(data, density, start, lower, ...) {
    fit <- fitdistr(data, density, start = as.list(start), lower = lower,
                    control = list(factr = 10), ...)
    f <- function(p) -sum(do.call(density, c(list(data), as.list(p), list(...), log = TRUE)))
    p <- fit$estimate
    scale <- pmax(abs(p), 1e-3)
    derivatives <- function(p) {
        n <- length(p); g <- numeric(n); h <- matrix(0, n, n)
        d <- 1e-3 * scale
        at <- function(...) { q <- p; m <- list(...); for (k in m) q[k[1]] <- q[k[1]] + k[2]; f(q) }
        for (i in seq_len(n)) {
            a <- d[i]
            g[i] <- (45 * (at(c(i, a)) - at(c(i, -a))) - 9 * (at(c(i, 2*a)) - at(c(i, -2*a))) +
                     (at(c(i, 3*a)) - at(c(i, -3*a)))) / (60 * a)
            h[i, i] <- (at(c(i, a)) - 2 * f(p) + at(c(i, -a))) / a^2
            for (j in seq_len(i - 1)) {
                b <- d[j]
                h[i, j] <- h[j, i] <- (at(c(i, a), c(j, b)) - at(c(i, a), c(j, -b)) -
                                       at(c(i, -a), c(j, b)) + at(c(i, -a), c(j, -b))) / (4 * a * b)
            }
        }
        list(g = g, h = h)
    }
    for (k in 1:6) { e <- derivatives(p); p <- p - solve(e$h, e$g) }
    stopifnot(max(abs(p / fit$estimate - 1)) < 1e-3)
    list(estimate = p, sd = setNames(sqrt(diag(solve(derivatives(p)$h))), names(p)), loglik = -f(p))
}
put <- function(family, data, fit, names) {
    estimate <- fit$estimate; error <- fit$sd
    names(estimate) <- names; names(error) <- names
    row(family, data, rep(0, length(data)), estimate, error, fit$loglik)
}

cat("family,data,censored,estimates,errors,log_likelihood\n")
waiting <- faithful$waiting
put("Normal", waiting, fitdistr(waiting, "normal"), c("mean", "standardDeviation"))
put("LogNormal", rivers, fitdistr(rivers, "lognormal"), c("logMean", "logStandardDeviation"))
put("Exponential", rivers, fitdistr(rivers, "exponential"), "rate")
put("Gamma", precip, polished(precip, dgamma, c(shape = 4, rate = 0.1), 1e-3), c("shape", "rate"))
put("Weibull", precip, polished(precip, dweibull, c(shape = 2, scale = 40), 1e-3),
    c("shape", "scale"))
put("Logistic", precip, polished(precip, dlogis, c(location = 35, scale = 7), c(-Inf, 1e-3)),
    c("location", "scale"))
newcomb <- MASS::newcomb
put("Cauchy", newcomb, polished(newcomb, dcauchy, c(location = 27, scale = 3), c(-Inf, 1e-3)),
    c("location", "scale"))
dt3 <- function(x, m, s, df, log) dt((x - m) / s, df, log = log) - log(s)
put("StudentT", newcomb,
    polished(newcomb, dt3, c(m = 27, s = 4, df = 2), c(-Inf, 1e-3, 1e-2)),
    c("location", "scale", "degreesOfFreedom"))
galaxies <- MASS::galaxies / 1000
put("Normal", galaxies, fitdistr(galaxies, "normal"), c("mean", "standardDeviation"))
put("StudentT", galaxies,
    polished(galaxies, dt3, c(m = 20, s = 3, df = 3), c(-Inf, 1e-3, 1e-2)),
    c("location", "scale", "degreesOfFreedom"))
days <- quine$Days
put("Poisson", days, fitdistr(days, "Poisson"), "rate")
put("Geometric", days, fitdistr(days, "geometric"), "probability")
dnb <- function(x, mu, size, log) dnbinom(x, size = size, mu = mu, log = log)
put("NegativeBinomial", days, polished(days, dnb, c(mu = 16, size = 1), 1e-3),
    c("mean", "dispersion"))
share <- faithful$eruptions / 6
put("Beta", share, polished(share, dbeta, c(shape1 = 2, shape2 = 2), 1e-3), c("alpha", "beta"))

# Censored data: location mu and scale s of log time (or of time).
survival <- function(family, time, dead, dist, transform) {
    fit <- survreg(Surv(time, dead) ~ 1, dist = dist,
                   control = survreg.control(rel.tolerance = 1e-13, maxiter = 200))
    v <- fit$var
    t <- transform(unname(coef(fit)[1]), fit$scale, v[1, 1], if (nrow(v) > 1) v[2, 2] else 0)
    row(family, time, 1 - dead, t$estimate, t$error, fit$loglik[1])
}
# v2 is the variance of log s.
weibull <- function(m, s, v1, v2) list(
    estimate = c(shape = 1 / s, scale = exp(m)),
    error = c(shape = sqrt(v2) / s, scale = exp(m) * sqrt(v1)))
line <- function(a, b, link = identity, slope = function(m) 1) function(m, s, v1, v2) list(
    estimate = setNames(c(link(m), s), c(a, b)),
    error = setNames(c(slope(m) * sqrt(v1), s * sqrt(v2)), c(a, b)))
exponential <- function(m, s, v1, v2) list(
    estimate = c(rate = exp(-m)), error = c(rate = exp(-m) * sqrt(v1)))
loglogistic <- function(m, s, v1, v2) list(
    estimate = c(scale = exp(m), shape = 1 / s),
    error = c(scale = exp(m) * sqrt(v1), shape = sqrt(v2) / s))
for (d in list(gehan, motors)) {
    survival("Weibull", d$time, d$cens, "weibull", weibull)
    survival("Exponential", d$time, d$cens, "exponential", exponential)
    survival("LogNormal", d$time, d$cens, "lognormal", line("logMean", "logStandardDeviation"))
    survival("LogLogistic", d$time, d$cens, "loglogistic", loglogistic)
    survival("Normal", d$time, d$cens, "gaussian", line("mean", "standardDeviation"))
    survival("Logistic", d$time, d$cens, "logistic", line("location", "scale"))
}
