data {
  int<lower=1> N;
  vector<lower=0, upper=1>[N] u;
}
parameters {
  real m;
  real<lower=0> s;
  real<lower=0> a;
  real<lower=0> b;
  vector<lower=0, upper=1>[N] w;
}
model {
  u ~ normal(m, s);
  u ~ lognormal(m, s);
  u ~ cauchy(m, s);
  u ~ student_t(a, m, s);
  u ~ exponential(a);
  u ~ gamma(a, b);
  u ~ inv_gamma(a, b);
  u ~ beta(a, b);
  u ~ beta_proportion(w, b);
  u ~ uniform(-0.5, 2);
  u ~ double_exponential(m, s);
  u ~ logistic(m, s);
  u ~ gumbel(m, s);
  u ~ weibull(a, s);
  u ~ chi_square(a);
  u ~ inv_chi_square(a);
  u ~ scaled_inv_chi_square(a, s);
  u ~ pareto(1e-6, a);
  u ~ rayleigh(s);
  u ~ frechet(a, s);
  u ~ skew_normal(m, s, a - b);
  u ~ exp_mod_normal(m, s, a);
  w ~ normal(u, s);
  target += normal_lupdf(w | m, s) + gamma_lpdf(w | a, b) + beta_lpdf(w | 2, b);
  m ~ std_normal();
}
