# SPDX-License-Identifier: GPL-3.0-or-later
# R's generators: see main.swift. Its processor time has a resolution of a
# millisecond, so it is measured for longer.
draws <- list(
    uniform = function(n) runif(n), normal = function(n) rnorm(n),
    exponential = function(n) rexp(n), gamma = function(n) rgamma(n, 2.5),
    beta = function(n) rbeta(n, 2, 3), poisson = function(n) rpois(n, 10),
    binomial = function(n) rbinom(n, 100, 0.3), t = function(n) rt(n, 5))
input <- file("stdin", "r")
while (length(line <- readLines(input, 1)) > 0) {
    words <- strsplit(line, " ")[[1]]
    draw <- draws[[words[1]]]
    count <- as.integer(words[2])
    repeats <- max(1, 10000 %/% count)
    batches <- 0
    start <- sum(proc.time()[1:2])
    repeat {
        for (i in seq_len(repeats)) draw(count)
        batches <- batches + 1
        seconds <- sum(proc.time()[1:2]) - start
        if (seconds >= 0.2) break
    }
    cat(seconds * 1e9 / (count * repeats * batches), "\n")
    flush(stdout())
}
