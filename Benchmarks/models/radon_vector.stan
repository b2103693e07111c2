// Intercepts and slopes that vary by county, gathered; the twin of radon.
data {
  int<lower=0> N;
  int<lower=0> J;
  array[N] int<lower=1, upper=J> county;
  vector[N] x;
  vector[N] y;
}
parameters {
  real mu_a;
  real mu_b;
  real<lower=0> tau_a;
  real<lower=0> tau_b;
  vector[J] za;
  vector[J] zb;
  real<lower=0> sigma;
}
model {
  vector[J] a = mu_a + tau_a * za;
  vector[J] b = mu_b + tau_b * zb;
  mu_a ~ normal(0, 5);
  mu_b ~ normal(0, 5);
  tau_a ~ normal(0, 1);
  tau_b ~ normal(0, 1);
  za ~ std_normal();
  zb ~ std_normal();
  sigma ~ normal(0, 1);
  y ~ normal(a[county] + b[county] .* x, sigma);
}
