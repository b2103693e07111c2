data {
  int<lower=0> N;
  vector<lower=0>[N] t;
  array[N] int<lower=0, upper=1> event;
  vector[N] x;
}
parameters {
  real<lower=0> shape;
  real a;
  real b;
}
model {
  shape ~ gamma(1, 1);
  a ~ normal(0, 3);
  b ~ normal(0, 3);
  for (n in 1:N) {
    real scale = exp(a + b * x[n]);
    if (event[n] == 1) target += weibull_lpdf(t[n] | shape, scale);
    else target += weibull_lccdf(t[n] | shape, scale);
  }
}
