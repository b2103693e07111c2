// Times to failure by Weibull, some censored, observation by observation.
data {
  int<lower=0> N;
  int<lower=1> D;
  vector<lower=0>[N] time;
  array[N] int<lower=0, upper=1> failed;
  matrix[N, D] x;
}
parameters {
  real<lower=0> shape;
  real alpha;
  vector[D] beta;
}
model {
  shape ~ gamma(2, 1);
  alpha ~ normal(0, 3);
  beta ~ normal(0, 1);
  for (n in 1:N) {
    real scale = exp(-(alpha + dot_product(x[n], beta)) / shape);
    if (failed[n] == 1)
      target += weibull_lpdf(time[n] | shape, scale);
    else
      target += weibull_lccdf(time[n] | shape, scale);
  }
}
