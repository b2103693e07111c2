// data: N = 10; n = ints(5, 12, N); y = [g % 5 for g in n]; x = normal(N)
data {
  int<lower=1> N;
  array[N] int<lower=1> n;
  array[N] int<lower=0> y;
  vector[N] x;
}
parameters {
  real a;
  real b;
}
model {
  vector[N] p = inv_cloglog(a + b * x);
  a ~ normal(0, 2);
  b ~ normal(0, 2);
  y ~ binomial(n, p);
}
