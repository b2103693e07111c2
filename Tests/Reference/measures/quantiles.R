# SPDX-License-Identifier: GPL-3.0-or-later
# Writes quantiles.json: R's quantile() of all nine types. Run with R 4.2.2:
#     Rscript quantiles.R
sets <- list(
    one = c(3.5), two = c(1, 2), five = c(4, 1, 2, 8, 16), ties = c(1, 1, 2, 2, 2, 9),
    ten = c(2.5, 0.1, -3, 7.25, 8, 1e3, 4, 4.5, 6, 5.5),
    thirty = ((1:30) * 37) %% 101)
p <- c(0, 0.01, 0.05, 0.1, 0.2, 0.25, 0.3, 1 / 3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.9, 0.95, 0.99, 1)
number <- function(x) paste(sprintf("%.17g", x), collapse = ", ")
cases <- c()
for (name in names(sets)) for (type in 1:9) {
    q <- quantile(sets[[name]], p, type = type, names = FALSE)
    cases <- c(cases, sprintf(
        '{"id": "%s", "type": %d, "x": [%s], "p": [%s], "q": [%s]}',
        name, type, number(sets[[name]]), number(p), number(q)))
}
writeLines(paste0("[\n", paste(cases, collapse = ",\n"), "\n]"), "quantiles.json")
