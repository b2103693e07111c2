data {
  int<lower=1> N;
  int<lower=1> K;
  array[N] vector[K] y;
}
parameters {
  corr_matrix[K] Omega;
  vector<lower=0>[K] tau;
  vector[K] mu;
}
transformed parameters {
  cov_matrix[K] Sigma = quad_form_diag(Omega, tau);
}
model {
  Omega ~ lkj_corr(1.5);
  tau ~ cauchy(0, 2.5);
  mu ~ normal(0, 5);
  y ~ multi_normal(mu, Sigma);
}
