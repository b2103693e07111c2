// data: N = 8; x_meas = normal(N); tau = uniform(0.2, 0.6, N); y = normal(N)
data {
  int<lower=0> N;
  array[N] real x_meas;
  array[N] real<lower=0> tau;
  vector[N] y;
}
parameters {
  array[N] real x;
  real mu_x;
  real sigma_x_log;
  real alpha, beta;
  real<lower=0> sigma;
}
model {
  x ~ normal(mu_x, exp(sigma_x_log));
  x_meas ~ normal(x, tau);
  y ~ normal(alpha + beta * to_vector(x), sigma);
  alpha ~ normal(0, 10);
  beta ~ normal(0, 10);
  sigma ~ cauchy(0, 5);
  mu_x ~ normal(0, 1); sigma_x_log ~ normal(0, 1);
}
