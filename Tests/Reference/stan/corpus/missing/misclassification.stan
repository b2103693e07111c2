// data: N = 10; z_obs = binary(N); y = normal(N)
data {
  int N;
  array[N] int<lower=0, upper=1> z_obs;
  vector[N] y;
}
parameters {
  real<lower=0, upper=1> prev, sens, spec;
  real a, b;
}
model {
  for (n in 1:N) {
    array[2] real lp;
    for (k in 0:1) {
      real p_obs = k ? sens : 1 - spec;
      lp[k + 1] = bernoulli_lpmf(k | prev) + bernoulli_lpmf(z_obs[n] | p_obs) + normal_lpdf(y[n] | a + b * k, 1);
    }
    target += log_sum_exp(lp);
  }
  sens ~ beta(8, 2);
  spec ~ beta(8, 2);
}
