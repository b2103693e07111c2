data {
  int<lower=1> N;
  int<lower=1> K;
  array[N] vector[K] y;
}
parameters {
  vector[K] mu;
  cov_matrix[K] Sigma;
}
model {
  mu ~ normal(0, 10);
  for (n in 1:N) y[n] ~ multi_normal(mu, Sigma);
}
