// Counts with more zeros than Poisson's, observation by observation.
data {
  int<lower=0> N;
  vector[N] x;
  array[N] int<lower=0> y;
}
parameters {
  real alpha;
  real beta;
  real gamma;
  real delta;
}
model {
  alpha ~ normal(0, 2);
  beta ~ normal(0, 2);
  gamma ~ normal(0, 2);
  delta ~ normal(0, 2);
  for (n in 1:N) {
    real theta = inv_logit(gamma + delta * x[n]);
    real lambda = exp(alpha + beta * x[n]);
    if (y[n] == 0)
      target += log_sum_exp(bernoulli_lpmf(1 | theta),
                            bernoulli_lpmf(0 | theta) + poisson_lpmf(y[n] | lambda));
    else
      target += bernoulli_lpmf(0 | theta) + poisson_lpmf(y[n] | lambda);
  }
}
