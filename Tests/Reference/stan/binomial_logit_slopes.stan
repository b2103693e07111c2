data {
  int<lower=0> J;
  array[J] int<lower=0> n;
  array[J] int<lower=0> y;
  array[J] real x;
}
parameters {
  real a;
  real b;
}
model {
  a ~ normal(0, 10);
  b ~ normal(0, 10);
  y ~ binomial_logit(n, a + b * to_vector(x));
}
