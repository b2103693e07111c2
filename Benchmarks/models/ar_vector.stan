// An autoregression of order P, by a matrix of lagged values.
data {
  int<lower=1> P;
  int<lower=P> T;
  vector[T] y;
}
transformed data {
  matrix[T - P, P] lagged;
  for (p in 1:P)
    lagged[, p] = y[(P + 1 - p):(T - p)];
}
parameters {
  real alpha;
  vector[P] phi;
  real<lower=0> sigma;
}
model {
  alpha ~ normal(0, 2);
  phi ~ normal(0, 0.5);
  sigma ~ normal(0, 2);
  y[(P + 1):T] ~ normal(alpha + lagged * phi, sigma);
}
