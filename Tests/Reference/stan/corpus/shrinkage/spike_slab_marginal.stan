// data: N = 8; K = 3; X = normal(N, K); y = normal(N)
data {
  int N, K;
  matrix[N, K] X;
  vector[N] y;
}
parameters {
  vector[K] beta;
  real<lower=0, upper=1> pi_in;
  real<lower=0> sigma;
}
model {
  for (k in 1:K)
    target += log_mix(pi_in, normal_lpdf(beta[k] | 0, 2), double_exponential_lpdf(beta[k] | 0, 0.1));
  y ~ multi_normal_cholesky(X * beta, diag_matrix(rep_vector(sigma, N)));
  sigma ~ scaled_inv_chi_square(3, 1);
  pi_in ~ beta(1, 3);
}
