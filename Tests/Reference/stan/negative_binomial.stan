data {
  int<lower=0> N;
  array[N] int<lower=0> y;
  vector[N] x;
}
parameters {
  real a;
  real b;
  real<lower=0> phi;
}
model {
  a ~ normal(0, 3);
  b ~ normal(0, 3);
  phi ~ gamma(2, 0.1);
  y ~ neg_binomial_2(exp(a + b * x), phi);
}
