// data: T = 10; K = 2; y = normal(T, K)
data {
  int T;
  int K;
  array[T] row_vector[K] y;
}
parameters {
  row_vector[K] c;
  matrix[K, K] A;
  cov_matrix[K] Sigma;
}
model {
  array[T - 1] row_vector[K] mu;
  for (t in 2:T) mu[t - 1] = c + y[t - 1] * A;
  y[2:T] ~ multi_normal(mu, Sigma);
  Sigma ~ inv_wishart(K + 2, identity_matrix(K));
  to_vector(A) ~ normal(0, 0.5);
  c ~ normal(0, 1);
}
