// Predators and prey: initial values and rates.
functions {
  vector change(real t, vector z, vector theta) {
    real u = z[1];
    real v = z[2];
    return [(theta[1] - theta[2] * v) * u, (-theta[3] + theta[4] * u) * v]';
  }
}
data {
  int<lower=0> N;
  array[N] real ts;
  array[2] real y_init;
  array[N, 2] real<lower=0> y;
}
parameters {
  vector<lower=0>[4] theta;
  vector<lower=0>[2] z_init;
  array[2] real<lower=0> sigma;
}
transformed parameters {
  array[N] vector[2] z = ode_rk45_tol(change, z_init, 0, ts, 1e-12, 1e-12, 100000, theta);
}
model {
  theta ~ lognormal(-1, 0.5);
  sigma ~ lognormal(-1, 1);
  z_init ~ lognormal(0, 1);
  for (k in 1:2) {
    y_init[k] ~ lognormal(log(z_init[k]), sigma[k]);
    y[, k] ~ lognormal(log(z[, k]), sigma[k]);
  }
}
generated quantities {
  array[1] vector[2] next = ode_rk45(change, z[N], ts[N], {ts[N] + 1}, theta);
}
