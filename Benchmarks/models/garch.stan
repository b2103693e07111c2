// GARCH(1, 1): the variance of each time from the one before.
data {
  int<lower=1> T;
  vector[T] y;
  real<lower=0> sigma1;
}
parameters {
  real mu;
  real<lower=0> alpha0;
  real<lower=0, upper=1> alpha1;
  real<lower=0, upper=1 - alpha1> beta1;
}
transformed parameters {
  vector<lower=0>[T] sigma;
  sigma[1] = sigma1;
  for (t in 2:T)
    sigma[t] = sqrt(alpha0 + alpha1 * square(y[t - 1] - mu) + beta1 * square(sigma[t - 1]));
}
model {
  mu ~ normal(0, 2);
  alpha0 ~ normal(0, 1);
  for (t in 1:T)
    y[t] ~ normal(mu, sigma[t]);
}
