// data: N = 14; x = uniform(0, 3, N); y = normal(N)
data {
  int N;
  array[N] real x, y;
}
parameters {
  real a, b;
  real c, d;
}
model {
  for (n in 1:N)
    y[n] ~ normal(a + b * x[n], exp(c + d * x[n]));
  target += -0.5 * (a^2 + b^2 + c^2 + d^2) / 10;
}
