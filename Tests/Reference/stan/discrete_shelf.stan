functions {
  real geometric_like(int k, real q) {
    return k * log1m(q) + log(q);
  }
}
data {
  int<lower=1> N;
  array[N] int<lower=0> y;
  array[N] int<lower=1, upper=4> z;
  array[4] int<lower=0> m;
}
parameters {
  real<lower=0> a;
  real<lower=0> b;
  simplex[4] p;
  real<lower=0, upper=1> q;
}
model {
  y ~ poisson(a);
  y ~ neg_binomial(a, b);
  y ~ binomial(20, q);
  y ~ beta_binomial(20, a, b);
  z ~ categorical(p);
  m ~ multinomial(p);
  target += neg_binomial_2_lpmf(y | a, b) + binomial_logit_lpmf(y | 20, logit(q)) + geometric_like(y[1], q);
}
