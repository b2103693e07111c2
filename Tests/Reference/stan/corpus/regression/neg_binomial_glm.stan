// data: N = 12; K = 2; X = normal(N, K); y = counts(3, N)
data {
  int<lower=0> N;
  int<lower=0> K;
  matrix[N, K] X;
  array[N] int y;
}
parameters {
  real alpha;
  vector[K] beta;
  real<lower=0> reciprocal_phi;
}
transformed parameters {
  real phi = 1. / reciprocal_phi;
}
model {
  reciprocal_phi ~ cauchy(0., 5);
  alpha ~ normal(0, 10);
  beta ~ normal(0, 2.5);
  y ~ neg_binomial_2_log_glm(X, alpha, beta, phi);
  y ~ neg_binomial_2_log(X * beta + alpha, phi);
}
