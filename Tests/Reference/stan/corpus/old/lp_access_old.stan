functions {
  real penalty(real a, real b) {
    return -a * a - b;
  }
}
data {
  int N;
  vector[N] y;
}
parameters {
  real mu;
  real<lower=0> sigma;
}
model {
  y ~ normal(mu, sigma);
  lp__ <- lp__ + penalty(mu, sigma);
  lp__ <- lp__ + normal_log(mu, 0, 1);
  for (n in 1:N) {
    lp__ <- lp__ - 0.1 * square(y[n] - mu);
  }
}
