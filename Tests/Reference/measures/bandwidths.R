# SPDX-License-Identifier: GPL-3.0-or-later
# Writes bandwidths.json: R's bw.nrd0 and bw.SJ. Run with R 4.2.2:
#     Rscript bandwidths.R
set.seed(1)
sets <- list(
    normal = round(rnorm(100), 3), gamma = round(rgamma(300, 2), 3),
    bimodal = round(c(rnorm(80, -3, 0.4), rnorm(120, 3, 1)), 3), faithful = faithful$eruptions,
    few = c(1, 2, 4, 7, 11))
number <- function(x) paste(sprintf("%.17g", x), collapse = ", ")
cases <- sapply(names(sets), function(name) sprintf(
    '{"id": "%s", "x": [%s], "nrd0": %.17g, "SJ": %.17g}', name, number(sets[[name]]),
    bw.nrd0(sets[[name]]), bw.SJ(sets[[name]], tol = 1e-14)))
writeLines(paste0("[\n", paste(cases, collapse = ",\n"), "\n]"), "bandwidths.json")
