// data: n = 12; y = walk(n)
data {
  int<lower=1> n;
  vector[n] y;
}
parameters {
  vector[n] mu;
  vector[n] v;
  real<lower=0> sigma_level;
  real<lower=0> sigma_drift;
  real<lower=0> sigma_irreg;
}
model {
  v[2:n] ~ normal(v[1:n-1], sigma_drift);
  mu[2 : n] ~ normal(mu[1 : (n - 1)] + v[1 : n - 1], sigma_level);
  y ~ normal(mu, sigma_irreg);
  mu[1] ~ normal(y[1], 1);
  v[1] ~ normal(0, 1);
}
