// data: N = 12; K = 2; X = design(N, K); y = uniform(0.05, 0.95, N)
data {
  int<lower=1> N;
  int<lower=1> K;
  vector<lower=0, upper=1>[N] y;
  matrix[N, K] X;
}
parameters {
  vector[K] gamma;
  real<lower=0> phi;
}
model {
  vector[N] mu = inv_logit(X * gamma);
  vector[N] A = mu * phi;
  vector[N] B = (1.0 - mu) * phi;
  phi ~ gamma(0.1, 0.1);
  gamma ~ normal(0, 1);
  y ~ beta(A, B);
  target += beta_proportion_lpdf(y | mu, phi);
}
