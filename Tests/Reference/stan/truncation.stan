data {
  int<lower=0> N;
  array[N] real<lower=0, upper=4> y;
  array[N] int<lower=1> k;
}
parameters {
  real mu;
  real<lower=0> sigma;
  real<lower=0> lambda;
}
model {
  mu ~ normal(0, 2) T[-3, 3];
  sigma ~ cauchy(0, 1) T[0, ];
  for (n in 1:N) {
    y[n] ~ normal(mu, sigma) T[0, 4];
    k[n] ~ poisson(lambda) T[1, ];
  }
  lambda ~ exponential(0.3) T[, 20];
}
