// data: N = 7; y = normal(N); k = counts(3, N); z = binary(N); n = [12] * N
data {
  int N;
  array[N] real y;
  array[N] int k;
  array[N] int z;
  array[N] int n;
}
parameters {
  real mu;
  real<lower=0> sigma;
  real<lower=0, upper=1> p;
}
model {
  for (i in 1:N) {
    target += normal_lpdf(y[i] | mu, sigma);
    target += poisson_lpmf(k[i] | sigma);
    target += bernoulli_lpmf(z[i] | p);
    target += log_sum_exp(bernoulli_lpmf(1 | p) + binomial_lpmf(k[i] | n[i], p),
                                       bernoulli_lpmf(0 | p) + neg_binomial_lpmf(k[i] | sigma, 2));
  }
  target += multi_normal_lpdf([mu, sigma]' | [0, 1]', [[2, 0.3], [0.3, 1]]);
  target += exponential_lcdf(sigma | 0.5);
  target += logistic_lccdf(mu | 1, 2);
  target += log(weibull_cdf(sigma | 2, 1)) + poisson_lcdf(k[1] | sigma) + gumbel_lccdf(y[1] | mu, sigma);
}
