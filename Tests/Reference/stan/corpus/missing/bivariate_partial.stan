// data: N = 7; y = normal(N, 2); y_observed = [[1, 1], [1, 0], [0, 1], [1, 1], [1, 1], [0, 1], [1, 0]]
data {
  int N;
  array[N] vector[2] y;
  array[N, 2] int y_observed;
}
parameters {
  vector[2] mu;
  cov_matrix[2] Sigma;
}
model {
  for (n in 1:N) {
    if (y_observed[n, 1] && y_observed[n, 2])
      y[n] ~ multi_normal(mu, Sigma);
    else if (y_observed[n, 1])
      y[n, 1] ~ normal(mu[1], sqrt(Sigma[1, 1]));
    else if (y_observed[n, 2])
      y[n, 2] ~ normal(mu[2], sqrt(Sigma[2, 2]));
  }
  Sigma ~ wishart(4, [[1, 0.2], [0.2, 1]]);
}
