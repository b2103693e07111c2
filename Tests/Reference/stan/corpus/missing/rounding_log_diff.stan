// data: N = 6; y = ints(8, 14, N)
data {
  int<lower=0> N;
  vector[N] y;
}
parameters {
  real mu;
  real<lower=0> sigma;
  vector<lower=-0.5, upper=0.5>[N] y_err;
}
transformed parameters {
  vector[N] z;
  z = y + y_err;
}
model {
  target += -2 * log(sigma);
  z ~ normal(mu + 10, sigma);
  for (n in 1:N)
    target += 0.1 * log_diff_exp(logistic_lcdf(y[n] + 0.5 | mu + 10, sigma), logistic_lcdf(y[n] - 0.5 | mu + 10, sigma));
}
