// An autoregression of order P, the mean of each time in a loop.
data {
  int<lower=1> P;
  int<lower=P> T;
  vector[T] y;
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
  for (t in (P + 1):T) {
    real mu = alpha;
    for (p in 1:P)
      mu += phi[p] * y[t - p];
    y[t] ~ normal(mu, sigma);
  }
}
