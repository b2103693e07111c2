// data: N = 12; K = 2; X = normal(N, K); y = counts(3, N); E = positive(N)
data {
  int<lower=0> N, K;
  matrix[N, K] X;
  array[N] int<lower=0> y;
  vector<lower=0>[N] E;
}
transformed data {
  vector[N] log_E = log(E);
}
parameters {
  real beta0;
  vector[K] betas;
}
model {
  target += poisson_log_glm_lpmf(y | X, beta0 + log_E, betas);
  beta0 ~ normal(0.0, 1.0);
  betas ~ normal(0.0, 1.0);
}
generated quantities {
  vector[N] eta = log_E + beta0 + X * betas;
  vector[N] mu = exp(eta);
}
