// data: N = 6; n = [10, 12, 9, 15, 11, 8]; r = [3, 5, 2, 7, 6, 1]; x1 = [0, 1, 0, 1, 1, 0]
data {
  int<lower=0> N;
  array[N] int<lower=0> n;
  array[N] int<lower=0> r;
  vector[N] x1;
}
parameters {
  real alpha0;
  real alpha1;
  real<lower=0> tau;
  vector[N] b;
}
transformed parameters {
  real<lower=0> sigma;
  sigma = 1.0 / sqrt(tau);
}
model {
  alpha0 ~ normal(0.0, 1.0E3);
  alpha1 ~ normal(0.0, 1.0E3);
  tau ~ gamma(1.0E-3, 1.0E-3);
  b ~ normal(0.0, sigma);
  r ~ binomial_logit(n, alpha0 + alpha1 * x1 + b);
}
