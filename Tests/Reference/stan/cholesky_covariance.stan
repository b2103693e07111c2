data {
  int<lower=1> N;
  int<lower=1> K;
  array[N] vector[K] y;
}
parameters {
  vector[K] mu;
  cholesky_factor_cov[K] L;
}
model {
  mu ~ normal(0, 10);
  to_vector(L) ~ normal(0, 2);
  y ~ multi_normal_cholesky(mu, L);
}
