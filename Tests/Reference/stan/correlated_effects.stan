data {
  int<lower=1> N;
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
  matrix[K, J] z;
  real<lower=0> sigma;
}
transformed parameters {
  matrix[J, K] beta = rep_matrix(gamma', J) + (diag_pre_multiply(tau, L) * z)';
}
model {
  gamma ~ normal(0, 2);
  tau ~ student_t(4, 0, 1);
  L ~ lkj_corr_cholesky(2);
  to_vector(z) ~ std_normal();
  sigma ~ normal(0, 1);
  y ~ normal(rows_dot_product(X, beta[group]), sigma);
}
generated quantities {
  matrix[K, K] Omega = multiply_lower_tri_self_transpose(L);
}
