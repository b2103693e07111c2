data {
  int<lower=1> N;
  array[N] int<lower=0> k;
}
parameters {
  real m;
  real<lower=0> s;
  real<lower=0> a;
}
model {
  target += poisson_lcdf(k | s) + poisson_lccdf(k | a) + log(poisson_cdf(2 | s));
  target += neg_binomial_lcdf(k | a, s) + neg_binomial_lccdf(k | a, s);
  target += neg_binomial_2_lcdf(k | a, s) + neg_binomial_2_lccdf(k | a, s);
  target += binomial_lcdf(k | 20, inv_logit(m)) + binomial_lccdf(k | 20, inv_logit(m));
  target += beta_binomial_lcdf(k | 20, a, s) + beta_binomial_lccdf(k | 20, a, s);
  target += bernoulli_lcdf(0 | inv_logit(m));
  m ~ normal(0, 1);
}
