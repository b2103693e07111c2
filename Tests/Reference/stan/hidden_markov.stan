data {
  int<lower=1> K;
  int<lower=1> N;
  vector[N] y;
}
parameters {
  array[K] simplex[K] theta;
  ordered[K] mu;
}
model {
  array[N] vector[K] gamma;
  array[K] real acc;
  mu ~ normal(0, 3);
  for (k in 1:K) theta[k] ~ dirichlet(rep_vector(1.5, K));
  for (k in 1:K) gamma[1, k] = normal_lpdf(y[1] | mu[k], 1) - log(K);
  for (t in 2:N) {
    for (k in 1:K) {
      for (j in 1:K) {
        acc[j] = gamma[t - 1, j] + log(theta[j, k]) + normal_lpdf(y[t] | mu[k], 1);
      }
      gamma[t, k] = log_sum_exp(acc);
    }
  }
  target += log_sum_exp(gamma[N]);
}
