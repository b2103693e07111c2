// Counts with an exposure and a site's own level, observation by observation.
data {
  int<lower=0> N;
  int<lower=0> J;
  array[N] int<lower=1, upper=J> site;
  vector[N] x;
  vector<lower=0>[N] exposure;
  array[N] int<lower=0> y;
}
parameters {
  real alpha;
  real beta;
  real<lower=0> tau;
  vector[J] z;
}
model {
  alpha ~ normal(0, 2);
  beta ~ normal(0, 1);
  tau ~ exponential(1);
  z ~ std_normal();
  for (n in 1:N) {
    real eta = alpha + tau * z[site[n]] + beta * x[n];
    y[n] ~ poisson(exposure[n] * exp(eta));
  }
}
