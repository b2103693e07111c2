// Two normal components, mixed observation by observation.
data {
  int<lower=0> N;
  vector[N] y;
}
parameters {
  real<lower=0, upper=1> weight;
  ordered[2] mu;
  vector<lower=0>[2] sigma;
}
model {
  weight ~ beta(2, 2);
  mu ~ normal(0, 3);
  sigma ~ normal(0, 2);
  for (n in 1:N)
    target += log_sum_exp(log(weight) + normal_lpdf(y[n] | mu[1], sigma[1]),
                          log1m(weight) + normal_lpdf(y[n] | mu[2], sigma[2]));
}
