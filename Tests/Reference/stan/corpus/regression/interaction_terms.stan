// data: N = 12; a = binary(N); x = normal(N); y = normal(N)
data {
  int<lower=0> N;
  array[N] int<lower=0, upper=1> a;
  vector[N] x;
  vector[N] y;
}
transformed data {
  vector[N] inter;
  inter = to_vector(a) .* x;
  real sd_y = sd(y), mean_y = mean(y);
}
parameters {
  vector[4] beta;
  real<lower=0> sigma;
}
model {
  sigma ~ exponential(1 / sd_y);
  beta[1] ~ normal(mean_y, 2.5 * sd_y);
  beta[2:] ~ normal(0, 2.5);
  y ~ normal(beta[1] + beta[2] * to_vector(a) + beta[3] * x + beta[4] * inter, sigma);
}
