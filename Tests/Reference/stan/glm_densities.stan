data {
  int<lower=0> N;
  int<lower=0> K;
  matrix[N, K] X;
  vector[N] y;
  array[N] int<lower=0, upper=1> z;
  array[N] int<lower=0> c;
}
parameters {
  real alpha;
  vector[K] beta;
  real<lower=0> sigma;
}
model {
  y ~ normal_id_glm(X, alpha, beta, sigma);
  z ~ bernoulli_logit_glm(X, alpha, beta);
  c ~ poisson_log_glm(X, alpha, beta);
  c ~ neg_binomial_2_log_glm(X, alpha, beta, sigma);
}
