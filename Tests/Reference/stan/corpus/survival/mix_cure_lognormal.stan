// data: N = 10; t = positive(N); d = binary(N)
data {
  int N;
  array[N] real<lower=0> t;
  array[N] int d;
}
parameters {
  real mu;
  real<lower=0> sigma;
  real<lower=0, upper=1> cure;
}
model {
  for (n in 1:N) {
    if (d[n] == 1) target += log1m(cure) + lognormal_lpdf(t[n] | mu, sigma);
    else target += log_sum_exp(log(cure), log1m(cure) + lognormal_lccdf(t[n] | mu, sigma));
  }
  mu ~ normal(0, 1);
  sigma ~ inv_gamma(3, 2);
}
