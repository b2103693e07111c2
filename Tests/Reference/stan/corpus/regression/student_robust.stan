// data: N = 14; K = 2; X = design(N, K); y = normal(N)
data {
  int N; int K;
  matrix[N, K] X;
  array[N] real y;
}
parameters {
  vector[K] beta;
  real<lower=0> sigma;
  real<lower=1> nu;
}
transformed parameters {
  vector[N] mu = X * beta;
}
model {
  nu ~ gamma(2, 0.1);
  sigma ~ cauchy(0, 2.5);
  beta ~ normal(0, 2);
  y ~ student_t(nu, mu, sigma);
}
generated quantities {
  array[N] real y_rep = student_t_rng(nu, mu, sigma);
  vector[N] log_lik;
  for (n in 1 : N) log_lik[n] = student_t_lpdf(y[n] | nu, mu[n], sigma);
}
