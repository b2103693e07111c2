data {
  int<lower=1> N;
  vector<lower=0, upper=1>[N] u;
}
parameters {
  real m;
  real<lower=0> s;
  real<lower=0> a;
}
model {
  target += gamma_lcdf(u | a, s) + gamma_lccdf(u | a, s) + log(gamma_cdf(u[1] | a, s));
  target += inv_gamma_lcdf(u | a, s) + inv_gamma_lccdf(u | a, s);
  target += chi_square_lcdf(u | a) + chi_square_lccdf(u | a);
  target += inv_chi_square_lcdf(u | a) + inv_chi_square_lccdf(u | a);
  target += scaled_inv_chi_square_lcdf(u | a, s) + scaled_inv_chi_square_lccdf(u | a, s);
  target += beta_lcdf(u | a, s) + beta_lccdf(u | a, s) + log(beta_cdf(inv_logit(m) | a, s));
  target += beta_proportion_lcdf(u | inv_logit(m), s) + beta_proportion_lccdf(u | inv_logit(m), s);
  target += student_t_lcdf(u | a, m, s) + student_t_lccdf(u | a, m, s) + log(student_t_cdf(m | a, 0.5, s));
  target += exp_mod_normal_lcdf(u | m, s, a) + exp_mod_normal_lccdf(u | m, s, a);
  target += skew_normal_lcdf(u | m, s, a) + skew_normal_lccdf(u | m, s, -a);
  target += skew_double_exponential_lcdf(u | m, s, inv_logit(m)) + skew_double_exponential_lccdf(u | m, s, inv_logit(m));
  target += pareto_type_2_lcdf(u | 0, s, a) + pareto_type_2_lccdf(u | 0, s, a);
  target += frechet_lcdf(u | a, s) + frechet_lccdf(u | a, s);
  target += rayleigh_lcdf(u | s) + rayleigh_lccdf(u | s);
  target += von_mises_lcdf(u | m, s) + von_mises_lccdf(u | m, s);
  for (n in 1 : N) target += log(loglogistic_cdf(u[n] | s, a));
  m ~ normal(0, 1);
}
