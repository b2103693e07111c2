// Counts with more zeros than Poisson's; zeros and others as two groups.
data {
  int<lower=0> N;
  vector[N] x;
  array[N] int<lower=0> y;
}
transformed data {
  int zeros = 0;
  for (n in 1:N)
    zeros += y[n] == 0;
  array[zeros] int zero;
  array[N - zeros] int other;
  {
    int i = 0;
    int j = 0;
    for (n in 1:N) {
      if (y[n] == 0) {
        i += 1;
        zero[i] = n;
      } else {
        j += 1;
        other[j] = n;
      }
    }
  }
}
parameters {
  real alpha;
  real beta;
  real gamma;
  real delta;
}
model {
  vector[N] log_lambda = alpha + beta * x;
  vector[N] logit_theta = gamma + delta * x;
  alpha ~ normal(0, 2);
  beta ~ normal(0, 2);
  gamma ~ normal(0, 2);
  delta ~ normal(0, 2);
  target += sum(log1p_exp(-exp(log_lambda[zero]) - logit_theta[zero]) + logit_theta[zero]);
  target += poisson_log_lpmf(y[other] | log_lambda[other]);
  target += -sum(log1p_exp(logit_theta));
}
