data {
  int<lower=0> N;
  array[N] int<lower=0> y;
  vector[N] x;
}
parameters {
  real a;
  real b;
  real<lower=0> reciprocal_phi;
}
transformed parameters {
  real phi = inv(reciprocal_phi);
}
model {
  a ~ normal(0, 3);
  b ~ normal(0, 3);
  reciprocal_phi ~ cauchy(0, 5);
  for (n in 1:N) target += neg_binomial_2_log_lpmf(y[n] | a + b * x[n], phi);
}
