// data: N = 5; P = 3; K = 2; X = normal(N, P)
data {
  int N, P, K;
  matrix[N, P] X;
}
parameters {
  matrix[P, K] W;
  matrix[K, N] Z;
  real<lower=0> tau;
}
model {
  to_vector(W) ~ normal(0, 1);
  to_vector(Z) ~ normal(0, 1);
  tau ~ gamma(1, 1);
  to_vector(X) ~ normal(to_vector((W * Z)'), inv_sqrt(tau));
  for (n in 1:N) X[n] ~ normal(W * col(Z, n), 2);
  target += -0.5 * sum(columns_dot_self(X' - W * Z)) - sum(rows_dot_product(Z', Z')) * 0.1;
}
