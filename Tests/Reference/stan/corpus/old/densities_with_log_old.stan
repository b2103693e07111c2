data {
  int N;
  real y[N];
  int k[N];
  int z[N];
  int n[N];
}
parameters {
  real mu;
  real<lower=0> sigma;
  real<lower=0, upper=1> p;
}
model {
  for (i in 1:N) {
    increment_log_prob(normal_log(y[i], mu, sigma));
    increment_log_prob(poisson_log(k[i], sigma));
    increment_log_prob(bernoulli_log(z[i], p));
    increment_log_prob(log_sum_exp(bernoulli_log(1, p) + binomial_log(k[i], n[i], p),
                                   bernoulli_log(0, p) + neg_binomial_log(k[i], sigma, 2)));
  }
  increment_log_prob(multi_normal_log([mu, sigma]', [0, 1]', [[2, 0.3], [0.3, 1]]));
  increment_log_prob(exponential_cdf_log(sigma, 0.5));
  increment_log_prob(logistic_ccdf_log(mu, 1, 2));
  increment_log_prob(log(weibull_cdf(sigma, 2, 1)) + poisson_cdf_log(k[1], sigma) + gumbel_ccdf_log(y[1], mu, sigma));
}
