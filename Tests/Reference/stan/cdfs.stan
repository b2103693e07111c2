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
  target += normal_lcdf(u | m, s) + normal_lccdf(u | m, s) + log(normal_cdf(u[1] | m, s));
  target += lognormal_lcdf(u | m, s) + lognormal_lccdf(u | m, s);
  target += cauchy_lcdf(u | m, s) + cauchy_lccdf(u | m, s);
  target += exponential_lcdf(u | s) + exponential_lccdf(u | s);
  target += uniform_lcdf(u | -s, 2 + s) + uniform_lccdf(u | -s, 2 + s);
  target += double_exponential_lcdf(u | m, s) + double_exponential_lccdf(u | m, s);
  target += logistic_lcdf(u | m, s) + logistic_lccdf(u | m, s);
  target += weibull_lcdf(u | 1 + s, s) + weibull_lccdf(u | 1 + s, s);
  target += gumbel_lcdf(u | m, s) + std_normal_lcdf(m | ) + std_normal_lccdf(m | );
  target += bernoulli_lcdf(0 | inv_logit(m)) + pareto_lcdf(u | 1e-6, s);
  m ~ normal(0, 1);
}
