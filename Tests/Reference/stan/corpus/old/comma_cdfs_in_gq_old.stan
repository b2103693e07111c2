data {
  int N;
  real y[N];
}
parameters {
  real<lower=0> a;
}
model {
  y ~ gamma(a, 1);
  increment_log_prob(log(exponential_cdf(y[1], a)) + log(1 - weibull_cdf(y[2], a, 2)));
}
generated quantities {
  real p;
  real y_rep[N];
  p <- exponential_cdf(y[3], a);
  for (n in 1:N) y_rep[n] <- gamma_rng(a, 1);
}
