data {
  int<lower=1> N;
  int<lower=1> G;
  array[N] int<lower=0> count;
  vector<lower=0>[N] exposure;
  array[N] int<lower=1, upper=G> group;
  vector[N] x;
}
transformed data {
  vector[N] log_exposure = log(exposure);
}
parameters {
  real mu;
  real beta;
  real<lower=0> tau;
  vector[G] eta_raw;
}
transformed parameters {
  vector[G] eta = tau * eta_raw;
  vector[N] log_rate = mu + log_exposure + beta * x + eta[group];
}
model {
  mu ~ normal(0, 2);
  beta ~ normal(0, 1);
  tau ~ normal(0, 1);
  eta_raw ~ std_normal();
  count ~ poisson_log(log_rate);
}
generated quantities {
  array[N] int count_rep;
  for (n in 1:N) count_rep[n] = poisson_log_rng(log_rate[n]);
}
