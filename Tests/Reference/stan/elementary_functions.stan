data {
  int<lower=1> N;
  vector[N] x;
}
parameters {
  vector<lower=0, upper=1>[N] p;
  vector<lower=0>[N] a;
  vector[N] r;
}
model {
  target += sum(log1m(p)) + sum(logit(p)) * 0.1 - sum(inv_logit(r)) + sum(log_inv_logit(r));
  target += sum(sqrt(a)) - sum(square(a)) + sum(inv(a + 1)) - sum(inv_sqrt(a + 2)) - sum(inv_square(a + 1));
  target += sum(sin(r) + cos(r) .* tanh(r)) + sum(atan(r)) + sum(asinh(r)) + sum(log1p(a)) - sum(expm1(p));
  target += sum(Phi(r)) + sum(Phi_approx(r)) + sum(inv_Phi(p)) + sum(inv_cloglog(r)) + sum(erf(r)) - sum(erfc(p));
  target += sum(lgamma(a + 1)) * 0.1 + sum(digamma(a + 0.5)) + sum(lbeta(a, p)) + sum(log1p_exp(r)) + sum(log1m_exp(-a));
  target += sum(log_sum_exp(r, a)) + sum(fmax(r, x)) + fmin(r[1], a[1]) + sum(abs(r)) + sum(pow(a, x)) + sum(a .^ p);
  target += sum(log_diff_exp(a + r[1] + 1, a + r[1])) + atan2(r[1], a[1]) + hypot(r[1], a[2]) + fma(r[1], a[1], p[1]);
  target += lmultiply(a[1], p[1]) + sum(log_softmax(r)) - 3 * softmax(r)[2] + prod(p) + max(r) + min(a) + variance(r) + sd(a);
  target += log_sum_exp(r) + cumulative_sum(r)[N] + sum(sort_asc(r)[1:2]) + sum(tail(r, 2)) - sum(head(r, 1)) + sum(reverse(r)[2:3]);
  target += sum(exp2(p)) + sum(log2(a + 1)) + sum(log10(a + 1)) + sum(cbrt(a)) + log1m_inv_logit(r[2]) + log_falling_factorial(a[1] + 3, 2);
  target += -dot_self(r) + squared_distance(r, a) * 0.1 - dot_product(r, x) + step(r[1]) + sum(floor(a)) + choose(5, 2) + r' * a;
  target += sum(inv_logit(r) .* p ./ (1 + a)) + quad_form(diag_matrix(a), r) + lchoose(a[1] + 10, 3.5);
}
