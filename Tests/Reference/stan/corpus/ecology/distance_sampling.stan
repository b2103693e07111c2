// data: N = 10; d = uniform(0.1, 1.9, N); B = 2.0
data {
  int N;
  vector<lower=0>[N] d;
  real<lower=0> B;
}
parameters {
  real<lower=0> sigma;
}
model {
  for (n in 1:N) d[n] ~ logistic(0, sigma) T[0, B];
  target += -0.5 * dot_self(d) / sigma ^ 2;
  sigma ~ gamma(2, 1);
}
