data {
  int<lower=0> J;
  array[J] real y;
  array[J] real<lower=0> sigma;
}
parameters {
  real mu;
  real<lower=0> tau;
  array[J] real<offset=mu, multiplier=tau> theta;
}
model {
  mu ~ normal(0, 5);
  tau ~ exponential(0.2);
  theta ~ normal(mu, tau);
  y ~ normal(theta, sigma);
}
