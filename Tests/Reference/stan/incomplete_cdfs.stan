data {
  int<lower=1> N;
  vector<lower=0, upper=1>[N] u;
  array[N] int<lower=0> k;
}
parameters {
  real m;
  real<lower=0> s;
}
model {
  target += poisson_lcdf(k | s) + poisson_lccdf(k | s) + binomial_lcdf(k | 20, inv_logit(m));
  target += binomial_lccdf(k | 20, inv_logit(m)) + neg_binomial_2_lcdf(k | s, 2.0);
  target += gamma_lcdf(u | 2, 1.5) + gamma_lccdf(u | 2, 0.5) + beta_lcdf(u | 2, 3) + beta_lccdf(u | 1, 0.5);
  target += student_t_lcdf(u | 4, 0, 2) + student_t_lccdf(u | 4, 0.5, 0.1) + inv_gamma_lcdf(u | 2, 3) + chi_square_lcdf(u | 3);
  m ~ normal(0, 1);
}
