// data: N = 10; K = 5; B = normal(N, K); y = counts(3, N)
data {
  int N, K;
  matrix[N, K] B;
  array[N] int y;
}
parameters {
  vector[K] beta;
  real<lower=0> tau;
}
model {
  y ~ poisson_log(B * beta);
  beta[1:2] ~ normal(0, 1);
  beta[3:K] ~ normal(2 * beta[2:(K - 1)] - beta[1:(K - 2)], tau);
  tau ~ inv_gamma(2, 1);
}
