// data: N = 6; y = positive(N); k = [1, 2, 3, 1, 4, 2]; U = 9.0
data {
  int N;
  array[N] real y;
  array[N] int k;
  real U;
}
parameters {
  real<lower=0> m;
  real<lower=0> s;
}
model {
  for (n in 1:N) {
    y[n] ~ logistic(m, s) T[0, U];
    y[n] ~ exponential(s) T[, U];
    y[n] ~ weibull(1 + m, s) T[0.01, ];
    k[n] ~ poisson(m + 1) T[1, ];
  }
  s ~ cauchy(0, 2) T[0, ];
}
