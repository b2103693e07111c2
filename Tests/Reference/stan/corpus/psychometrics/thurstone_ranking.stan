// data: N = 4; K = 3; rank_ = [[1, 2, 3], [2, 1, 3], [3, 1, 2], [1, 3, 2]]; rnk = rank_
data {
  int N, K;
  array[N, K] int rnk;
}
parameters {
  vector[K - 1] mu_raw;
}
transformed parameters {
  vector[K] mu = append_row(0.0, mu_raw);
}
model {
  for (n in 1:N) {
    for (j in 1:(K - 1)) {
      target += mu[rnk[n, j]] - log_sum_exp(mu[rnk[n, j:K]]);
    }
  }
  mu_raw ~ normal(0, 1);
}
