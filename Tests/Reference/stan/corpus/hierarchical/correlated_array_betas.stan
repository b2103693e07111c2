// data: N = 14; K = 2; J = 3; jj = ints(1, J, N); x = design(N, K); y = normal(N)
data {
  int<lower=0> N;
  int<lower=1> K;
  int<lower=1> J;
  array[N] int<lower=1, upper=J> jj;
  array[N] row_vector[K] x;
  vector[N] y;
}
parameters {
  corr_matrix[K] Omega;
  vector<lower=0>[K] tau;
  vector[K] gamma;
  array[J] vector[K] beta;
  real<lower=0> sigma;
}
model {
  tau ~ cauchy(0, 2.5);
  Omega ~ lkj_corr(2);
  beta ~ multi_normal(gamma, quad_form_diag(Omega, tau));
  {
    vector[N] x_beta_jj;
    for (n in 1:N)
      x_beta_jj[n] = x[n] * beta[jj[n]];
    y ~ normal(x_beta_jj, sigma);
  }
}
