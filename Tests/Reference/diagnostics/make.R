# SPDX-License-Identifier: GPL-3.0-or-later
# Makes cases.json: draws and what R's `posterior` says of them.
#   Rscript make.R        (made with R 4.2.2, posterior 1.4.0)
suppressMessages(library(posterior))
options(warn = -1)
set.seed(20240611)

ar1 <- function(n, rho) as.numeric(stats::filter(rnorm(n), rho, method = "recursive"))
chains <- function(k, f) round(sapply(seq_len(k), function(i) f(i)), 5)

cases <- list(
  independent = chains(4, function(i) rnorm(100)),
  autocorrelated = chains(4, function(i) ar1(150, 0.7)),
  antithetic = chains(4, function(i) ar1(120, -0.8)),
  odd_length = chains(3, function(i) ar1(61, 0.4)),
  one_chain = chains(1, function(i) ar1(200, 0.3)),
  heavy_tails = chains(4, function(i) rcauchy(80)),
  ties = chains(4, function(i) rpois(90, 2)),
  shifted = chains(4, function(i) rnorm(60) + i),
  scaled = chains(4, function(i) rnorm(60) * i),
  random_walk = chains(2, function(i) cumsum(rnorm(400))),
  far_from_zero = chains(2, function(i) 1e6 + rnorm(70)),
  eleven = chains(2, function(i) rnorm(11)),
  six = chains(2, function(i) rnorm(6)),
  constant = matrix(3, 20, 2),
  infinite = cbind(c(Inf, rnorm(9)), rnorm(10))
)
cases$infinite <- round(cases$infinite, 5)

number <- function(x) {
  ifelse(is.na(x), "null", ifelse(is.infinite(x), "\"Infinity\"", sprintf("%.17g", x)))
}
expected <- function(x) {
  q <- quantile(x, c(0.05, 0.95), names = FALSE)
  c(
    rhat = rhat(x), ess_bulk = ess_bulk(x), ess_tail = ess_tail(x), ess_mean = ess_mean(x),
    ess_sd = ess_sd(x), ess_median = ess_median(x), mcse_mean = mcse_mean(x),
    mcse_sd = mcse_sd(x), mcse_median = mcse_median(x),
    mcse_q5 = mcse_quantile(x, 0.05, names = FALSE),
    mcse_q95 = mcse_quantile(x, 0.95, names = FALSE),
    mean = mean(x), median = median(x), sd = sd(as.vector(x)), mad = mad(as.vector(x)),
    q5 = q[1], q95 = q[2]
  )
}
lines <- sapply(names(cases), function(name) {
  x <- cases[[name]]
  e <- expected(x)
  draws <- apply(x, 2, function(chain) paste0("[", paste(number(chain), collapse = ","), "]"))
  paste0(
    "{\"name\":\"", name, "\",\n \"chains\":[", paste(draws, collapse = ",\n  "), "],\n \"expected\":{",
    paste0("\"", names(e), "\":", number(e), collapse = ","), "}}"
  )
})
writeLines(c("[", paste(lines, collapse = ",\n"), "]"), "cases.json")
