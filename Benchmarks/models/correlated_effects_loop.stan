// Coefficients that vary by group together, each group's a vector, in loops.
data {
  int<lower=0> N;
  int<lower=1> J;
  int<lower=1> K;
  array[N] int<lower=1, upper=J> group;
  matrix[N, K] X;
  vector[N] y;
}
parameters {
  vector[K] gamma;
  vector<lower=0>[K] tau;
  cholesky_factor_corr[K] L;
  array[J] vector[K] z;
  real<lower=0> sigma;
}
transformed parameters {
  array[J] vector[K] beta;
  for (j in 1:J)
    beta[j] = gamma + diag_pre_multiply(tau, L) * z[j];
}
model {
  gamma ~ normal(0, 2);
  tau ~ normal(0, 1);
  L ~ lkj_corr_cholesky(2);
  sigma ~ normal(0, 1);
  for (j in 1:J)
    z[j] ~ std_normal();
  for (n in 1:N)
    y[n] ~ normal(X[n] * beta[group[n]], sigma);
}
