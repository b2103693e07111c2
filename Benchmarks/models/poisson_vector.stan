// Counts with an exposure and a site's own level, as one statement.
data {
  int<lower=0> N;
  int<lower=0> J;
  array[N] int<lower=1, upper=J> site;
  vector[N] x;
  vector<lower=0>[N] exposure;
  array[N] int<lower=0> y;
}
transformed data {
  vector[N] log_exposure = log(exposure);
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
  y ~ poisson_log(log_exposure + alpha + tau * z[site] + beta * x);
}
