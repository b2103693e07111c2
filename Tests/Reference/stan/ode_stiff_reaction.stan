// Robertson's reaction, whose rates differ by nine orders of magnitude.
functions {
  vector reaction(real t, vector y, vector k) {
    vector[3] dydt;
    dydt[1] = -k[1] * y[1] + k[3] * y[2] * y[3];
    dydt[3] = k[2] * square(y[2]);
    dydt[2] = -dydt[1] - dydt[3];
    return dydt;
  }
}
data {
  int<lower=1> T;
  array[T] real ts;
  array[T] real y;
}
parameters {
  vector[3] log_k;
  real<lower=0> sigma;
}
transformed parameters {
  vector[3] k = exp(log_k) .* [0.04, 3e7, 1e4]';
  array[T] vector[3] z = ode_bdf_tol(reaction, [1, 0, 0]', 0, ts, 1e-11, 1e-15, 10000000, k);
}
model {
  log_k ~ normal(0, 0.5);
  sigma ~ lognormal(-2, 1);
  y ~ normal(z[, 3], sigma);
}
