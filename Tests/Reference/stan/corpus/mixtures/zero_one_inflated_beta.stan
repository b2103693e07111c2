// data: N = 12; y = [0, 1] + uniform(0.1, 0.9, 10)
functions {
  real zoib_lpdf(real y, real mu, real phi, real zoi, real coi) {
    row_vector[2] shape = [mu * phi, (1 - mu) * phi];
    if (y == 0) {
      return bernoulli_lpmf(1 | zoi) + bernoulli_lpmf(0 | coi);
    } else if (y == 1) {
      return bernoulli_lpmf(1 | zoi) + bernoulli_lpmf(1 | coi);
    } else {
      return bernoulli_lpmf(0 | zoi) + beta_lpdf(y | shape[1], shape[2]);
    }
  }
}
data {
  int N;
  vector<lower=0, upper=1>[N] y;
}
parameters {
  real<lower=0, upper=1> mu, zoi, coi;
  real<lower=0> phi;
}
model {
  for (n in 1:N) y[n] ~ zoib(mu, phi, zoi, coi);
}
