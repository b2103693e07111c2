// Robertson's reaction with conservation as an algebraic equation, and a constraint
// that depends on parameters.
functions {
  vector reaction(real t, vector y, vector yp, vector k, real total) {
    return [yp[1] + k[1] * y[1] - k[3] * y[2] * y[3],
            yp[2] - k[1] * y[1] + k[3] * y[2] * y[3] + k[2] * square(y[2]),
            y[1] + y[2] + y[3] - total]';
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
  real<lower=0> extra;
}
transformed parameters {
  vector[3] k = exp(log_k) .* [0.04, 20, 10]';
  array[T] vector[3] z = dae_tol(reaction, [1, 0, extra]', [-k[1], k[1], 0]', 0, ts, 1e-12, 1e-12,
                                 10000000, k, 1 + extra);
}
model {
  log_k ~ normal(0, 0.5);
  sigma ~ lognormal(-2, 1);
  extra ~ exponential(5);
  y ~ normal(z[, 3] , sigma);
}
