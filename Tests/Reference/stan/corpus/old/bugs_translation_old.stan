## Seeds in the manner of BUGS
data {
  int<lower=0> N;
  int<lower=0> n[N];
  int<lower=0> r[N];
  vector[N] x1;
}
parameters {
  real alpha0;
  real alpha1;
  real<lower=0> tau;   # precision
  vector[N] b;
}
transformed parameters {
  real<lower=0> sigma;
  sigma <- 1.0 / sqrt(tau);
}
model {
  alpha0 ~ normal(0.0,1.0E3);
  alpha1 ~ normal(0.0,1.0E3);
  tau ~ gamma(1.0E-3,1.0E-3);

  b ~ normal(0.0, sigma);
  r ~ binomial_logit(n, alpha0 + alpha1 * x1 + b);
}
