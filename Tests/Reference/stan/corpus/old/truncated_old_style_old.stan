data {
  int N;
  real y[N];
  int k[N];
  real U;
}
parameters {
  real<lower=0> m;
  real<lower=0> s;
}
model {
  for (n in 1:N) {
    y[n] ~ logistic(m, s) T[0,U];
    y[n] ~ exponential(s) T[,U];
    y[n] ~ weibull(1 + m, s) T[0.01,];
    k[n] ~ poisson(m + 1) T[1,];
  }
  s ~ cauchy(0, 2) T[0,];
}
