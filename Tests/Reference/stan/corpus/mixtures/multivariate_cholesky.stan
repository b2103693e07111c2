// data: K = 2; N = 7; D = 2; y = normal(N, D)
data {
  int<lower=0> D;
  int<lower=1> K;
  int<lower=0> N;
  array[N] vector[D] y;
}
parameters {
  simplex[K] theta;
  array[K] vector[D] mu;
  array[K] cholesky_factor_corr[D] L;
}
model {
  array[K] real ps;
  for (k in 1:K) {
    mu[k] ~ normal(0, 3);
    L[k] ~ lkj_corr_cholesky(4);
  }
  for (n in 1:N) {
    for (k in 1:K) {
      ps[k] = log(theta[k]) + multi_normal_cholesky_lpdf(y[n] | mu[k], L[k]);
    }
    target += log_sum_exp(ps);
  }
}
