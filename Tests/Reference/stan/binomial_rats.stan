data {
  int<lower=0> J;
  array[J] int<lower=0> n;
  array[J] int<lower=0> y;
}
parameters {
  real<lower=0, upper=1> phi;
  real<lower=0.1> lambda;
  vector<lower=0, upper=1>[J] theta;
}
transformed parameters {
  real<lower=0> alpha = lambda * phi;
  real<lower=0> beta = lambda * (1 - phi);
}
model {
  target += -1.5 * log(lambda);
  theta ~ beta(alpha, beta);
  y ~ binomial(n, theta);
}
