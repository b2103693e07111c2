// data: R = 6; T = 3; y = [[0, 0, 0], [1, 0, 1], [0, 1, 0], [0, 0, 0], [1, 1, 1], [0, 0, 0]]; X = normal(R); Xp = normal(R, T)
data {
  int<lower=1> R;
  int<lower=1> T;
  array[R, T] int<lower=0, upper=1> y;
  vector[R] X;
  matrix[R, T] Xp;
}
transformed data {
  array[R] int<lower=0, upper=T> sum_y;
  int<lower=0, upper=R> occ_obs;
  occ_obs = 0;
  for (i in 1:R) {
    sum_y[i] = sum(y[i]);
    if (sum_y[i])
      occ_obs = occ_obs + 1;
  }
}
parameters {
  real alpha_occ;
  real beta_occ;
  real alpha_p;
  real beta_p;
}
transformed parameters {
  vector[R] logit_psi;
  matrix[R, T] logit_p;
  logit_psi = alpha_occ + beta_occ * X;
  logit_p = alpha_p + beta_p * Xp;
}
model {
  alpha_occ ~ uniform(-10, 10);
  beta_occ ~ uniform(-10, 10);
  alpha_p ~ uniform(-10, 10);
  beta_p ~ uniform(-10, 10);
  for (i in 1:R) {
    if (sum_y[i]) {
      target += bernoulli_logit_lpmf(1 | logit_psi[i]) + bernoulli_logit_lpmf(y[i] | logit_p[i]);
    } else {
      target += log_sum_exp(bernoulli_logit_lpmf(1 | logit_psi[i])
                            + bernoulli_logit_lpmf(0 | logit_p[i]),
                            bernoulli_logit_lpmf(0 | logit_psi[i]));
    }
  }
}
generated quantities {
  real psi_fs = (occ_obs + 0.0) / R;
  array[R] int z;
  for (i in 1:R) z[i] = sum_y[i] > 0 ? 1 : bernoulli_logit_rng(logit_psi[i]);
}
