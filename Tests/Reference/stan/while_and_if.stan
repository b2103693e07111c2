data {
  int<lower=0> N;
  vector[N] y;
}
parameters {
  real mu;
  real<lower=0> sigma;
}
model {
  int n = 1;
  real total = 0;
  while (n <= N) {
    if (n % 2 == 0 && y[n] > 0) {
      total += 0.5 * y[n] * mu;
    } else if (y[n] < -1 || n == 3) {
      total -= mu ^ 2 / n;
    } else {
      n += 1;
      continue;
    }
    if (n > 15) break;
    n += 1;
  }
  target += total;
  if (mu > 0) {
    target += -mu;
  } else {
    target += 2 * mu;
  }
  target += sigma > 1 ? -sigma : -square(sigma);
  y ~ normal(mu, sigma);
}
