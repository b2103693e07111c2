data {
  int<lower=0> N;
  vector[N] x;
  array[N] int<lower=0, upper=1> y;
}
parameters {
  real a;
  real b;
}
model {
  a ~ cauchy(0, 10);
  b ~ cauchy(0, 2.5);
  for (n in 1:N) {
    real p = inv_logit(a + b * x[n]);
    y[n] ~ bernoulli(p);
  }
}
