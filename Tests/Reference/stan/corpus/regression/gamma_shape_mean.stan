// data: N = 12; x = normal(N); y = positive(N)
data {
  int N;
  vector[N] x;
  vector<lower=0>[N] y;
}
parameters {
  real a;
  real b;
  real<lower=0> shape;
}
model {
  vector[N] mu = exp(a + b * x);
  for (n in 1:N) target += gamma_lpdf(y[n] | shape, shape / mu[n]);
  target += inv_gamma_lpdf(y | shape + 1, mu);
  shape ~ gamma(2, 0.5);
  [a, b] ~ std_normal();
}
