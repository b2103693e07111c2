data {
  int<lower=1> N;
  vector<lower=0, upper=1>[N] u;
  array[N] int k;
}
parameters {
  real m;
  real<lower=0> s;
  real<lower=0> a;
}
model {
  target += gamma_p(a, s) + gamma_q(3, a) + owens_t(m, a);
  target += bessel_first_kind(2, s) + bessel_second_kind(1, s) + modified_bessel_first_kind(3, a);
  target += modified_bessel_second_kind(2, a) + log_modified_bessel_first_kind(a, s);
  target += lambert_w0(s) + lambert_wm1(-0.3 * inv_logit(m)) + inv_erfc(2 * inv_logit(m)) + lmgamma(3, a + 2);
  target += log_inv_logit_diff(m + s, m) + trigamma(a) + falling_factorial(m, 3) + rising_factorial(m, 4);
  target += log_falling_factorial(a + 3, s) + log_rising_factorial(a, s) + std_normal_log_qf(-a);
  target += binary_log_loss(1, inv_logit(m)) + sum(owens_t(u, m)) + sum(gamma_p(a, u)) + sum(bessel_first_kind(k, u));
  target += log(choose(7, 3)) + lchoose(a + 5, s) + lbeta(a, s);
  m ~ normal(0, 1);
}
