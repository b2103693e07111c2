/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calls a gradient many times, so that Python has no part in its time. */

typedef int (*stanli_gradient)(void *, const double *, double *, double *);

int stanli_loop(stanli_gradient f, void *model, const double *point, double *value,
                double *gradient, long count) {
    for (long i = 0; i < count; i++)
        if (f(model, point, value, gradient)) return 1;
    return 0;
}

typedef long (*nutpie_gradient)(unsigned long, const double *, double *, double *, void *);

int nutpie_loop(nutpie_gradient f, void *data, unsigned long size, const double *point,
                double *value, double *gradient, long count) {
    for (long i = 0; i < count; i++)
        if (f(size, point, gradient, value, data)) return 1;
    return 0;
}
