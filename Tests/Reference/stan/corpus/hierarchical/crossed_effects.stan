// data: N = 20; S = 4; I = 3; s = ints(1, S, N); it = ints(1, I, N); y = positive(N); c = uniform(-1, 1, N)
data {
  int N, S, I;
  array[N] int s;
  array[N] int it;
  array[N] real y;
  array[N] real<lower=-1, upper=1> c;
}
parameters {
  vector[2] beta;
  real<lower=0> sigma_e;
  vector<lower=0>[2] sigma_u;
  real<lower=0> sigma_w;
  cholesky_factor_corr[2] L_u;
  matrix[2, S] z_u;
  vector[I] w;
}
transformed parameters {
  matrix[2, S] u;
  u = diag_pre_multiply(sigma_u, L_u) * z_u;
}
model {
  real mu;
  L_u ~ lkj_corr_cholesky(2.0);
  to_vector(z_u) ~ normal(0, 1);
  w ~ normal(0, sigma_w);
  for (n in 1:N) {
    mu = beta[1] + u[1, s[n]] + w[it[n]] + (beta[2] + u[2, s[n]]) * c[n];
    y[n] ~ lognormal(mu, sigma_e) T[ , ];
  }
}
generated quantities {
  corr_matrix[2] Cor = tcrossprod(L_u);
}
