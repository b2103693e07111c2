data {
  int<lower=0> N_obs;
  int<lower=0> N_cens;
  array[N_obs] real y_obs;
  real<lower=max(y_obs)> U;
}
parameters {
  real mu;
  real<lower=0> sigma;
  array[N_cens] real<lower=U> y_cens;
}
model {
  y_obs ~ normal(mu, sigma);
  y_cens ~ normal(mu, sigma);
  target += N_cens * normal_lccdf(U | mu, sigma);
  target += normal_lcdf(-1.0 | mu, 2 * sigma);
}
