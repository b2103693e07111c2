// SPDX-License-Identifier: GPL-3.0-or-later
// GSL with its Mersenne Twister, as a server: see main.swift.
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double processorTime(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return t.tv_sec + t.tv_nsec * 1e-9;
}

#define CASE(NAME, TYPE, EXPRESSION)                                 \
    if (strcmp(name, NAME) == 0) {                                   \
        TYPE *x = buffer;                                            \
        for (int r = 0; r < repeats; r++)                            \
            for (int i = 0; i < count; i++) x[i] = EXPRESSION;       \
    }

int main(void) {
    gsl_rng *g = gsl_rng_alloc(gsl_rng_mt19937);
    char name[32];
    int count;
    while (scanf("%31s %d", name, &count) == 2 && count > 0) {
        void *buffer = malloc(sizeof(double) * count);
        int repeats = count > 10000 ? 1 : 10000 / count, batches = 0;
        double start = processorTime(), end;
        do {
            CASE("uniform", double, gsl_rng_uniform(g))
            CASE("normal", double, gsl_ran_gaussian_ziggurat(g, 1))
            CASE("exponential", double, gsl_ran_exponential(g, 1))
            CASE("gamma", double, gsl_ran_gamma(g, 2.5, 1))
            CASE("beta", double, gsl_ran_beta(g, 2, 3))
            CASE("poisson", unsigned, gsl_ran_poisson(g, 10))
            CASE("binomial", unsigned, gsl_ran_binomial(g, 0.3, 100))
            CASE("t", double, gsl_ran_tdist(g, 5))
            batches++;
            end = processorTime();
        } while (end - start < 0.1);
        printf("%g\n", (end - start) * 1e9 / ((double)count * repeats * batches));
        fflush(stdout);
        free(buffer);
    }
    return 0;
}
