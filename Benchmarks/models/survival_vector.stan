// Times to failure by Weibull, some censored, as the hazard's two terms.
data {
  int<lower=0> N;
  int<lower=1> D;
  vector<lower=0>[N] time;
  array[N] int<lower=0, upper=1> failed;
  matrix[N, D] x;
}
transformed data {
  vector[N] log_time = log(time);
  vector[N] event = to_vector(failed);
  real failures = sum(event);
}
parameters {
  real<lower=0> shape;
  real alpha;
  vector[D] beta;
}
model {
  vector[N] eta = alpha + x * beta;
  shape ~ gamma(2, 1);
  alpha ~ normal(0, 3);
  beta ~ normal(0, 1);
  target += failures * log(shape) + dot_product(event, eta + (shape - 1) * log_time);
  target += -sum(exp(eta + shape * log_time));
}
