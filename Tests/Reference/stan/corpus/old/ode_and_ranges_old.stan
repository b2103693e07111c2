functions {
  real[] decay(real t, real[] y, real[] theta, real[] x_r, int[] x_i) {
    real d[2];
    d[1] <- -theta[1] * y[1];
    d[2] <- theta[1] * y[1] - theta[2] * y[2];
    return d;
  }
}
data {
  int T;
  real ts[T];
  real y[T, 2];
  real t0;
}
transformed data {
  real x_r[0];
  int x_i[0];
}
parameters {
  real<lower=0> theta[2];
  real y0[2];
  real<lower=0> sigma;
}
model {
  real yh[T, 2];
  yh <- integrate_ode_rk45(decay, y0, t0, ts, theta, x_r, x_i, 1e-10, 1e-10, 100000);
  for (t in 1:T) {
    for (j in 1:2)
      y[t, j] ~ normal(yh[t, j], sigma);
  }
  theta ~ lognormal(0, 1);
  sigma ~ cauchy(0, 2);
  y0 ~ normal(0, 1);
}
