data {
  int<lower=0> N;
  int<lower=1> J;
  array[N] int<lower=1, upper=J> county;
  vector[N] x;
  vector[N] y;
}
parameters {
  real mu_a;
  real mu_b;
  real<lower=0> tau_a;
  real<lower=0> tau_b;
  vector<offset=mu_a, multiplier=tau_a>[J] a;
  vector<offset=mu_b, multiplier=tau_b>[J] b;
  real<lower=0> sigma;
}
model {
  mu_a ~ normal(0, 5);
  mu_b ~ normal(0, 5);
  tau_a ~ normal(0, 1);
  tau_b ~ normal(0, 1);
  a ~ normal(mu_a, tau_a);
  b ~ normal(mu_b, tau_b);
  sigma ~ normal(0, 1);
  for (n in 1:N) y[n] ~ normal(a[county[n]] + b[county[n]] * x[n], sigma);
}
