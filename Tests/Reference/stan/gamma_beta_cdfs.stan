data {
  int<lower=1> N;
  vector<lower=0, upper=1>[N] u;
  array[N] int<lower=0> k;
}
parameters {
  real m;
  real<lower=0> s;
  real<lower=0> a;
  real<lower=0> b;
}
model {
  target += gamma_lcdf(u | 2, s) + gamma_lccdf(u | 2, s) + gamma_lcdf(u | a, b);
  target += beta_lcdf(u | a, b) + beta_lccdf(u | a, b);
  target += student_t_lcdf(u | 4, m, s) + student_t_lccdf(u | 4, m, s);
  target += poisson_lcdf(k | s) + poisson_lccdf(k | s) + binomial_lcdf(k | 20, inv_logit(m));
  target += inv_gamma_lcdf(u | 2, s) + neg_binomial_2_lcdf(k | s, 2.0) + chi_square_lcdf(u | 3);
  m ~ normal(0, 1);
  a ~ gamma(2, 2);
  b ~ gamma(2, 2);
}
