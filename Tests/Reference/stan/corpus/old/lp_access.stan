// data: N = 6; y = normal(N)
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
  target += penalty(mu, sigma);
  target += normal_lpdf(mu | 0, 1);
  for (n in 1:N) {
    target += -0.1 * square(y[n] - mu);
  }
}
