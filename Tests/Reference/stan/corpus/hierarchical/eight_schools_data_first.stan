// data: J = 6; y = normal(J); sigma = positive(J)
data {
  int<lower=0> J; // number of schools
  array[J] real y; /* estimated treatment effects */
  array[J] real<lower=0> sigma;
}
parameters {
  real mu;
  real<lower=0> tau;
  vector<offset=mu, multiplier=tau>[J] theta;
}
model {
  theta ~ normal(mu, tau);
  y ~ normal(theta, sigma);
  tau ~ cauchy(0, 5);
  target += -square(mu) / 50;
}
generated quantities {
  real pooled = mean(theta);
  array[J] real y_tilde = normal_rng(theta, sigma);
}
