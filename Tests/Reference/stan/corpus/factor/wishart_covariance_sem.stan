// peer: stan 6
// data: P = 3; N = 20; S = spd(P)
data {
  int P; int N;
  cov_matrix[P] S;
}
parameters {
  vector<lower=0>[P] l;
  vector<lower=0>[P] th;
}
transformed parameters {
  cov_matrix[P] Sigma = add_diag(l * l', th);
}
model {
  (N - 1) * S ~ wishart(N - 1, Sigma);
  target += wishart_cholesky_lpdf(cholesky_decompose((N - 1) * S) | N - 1, cholesky_decompose(Sigma)) * 0.1;
  target += -0.5 * (log_determinant(Sigma) + trace(S / Sigma) + trace(mdivide_right_spd(S, Sigma)));
  l ~ normal(0, 1);
  th ~ inv_gamma(2, 1);
}
