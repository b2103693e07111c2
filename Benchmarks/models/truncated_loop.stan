// Normal observations that are seen above a limit only.
data {
  int<lower=0> N;
  real L;
  vector[N] x;
  vector<lower=L>[N] y;
}
parameters {
  real alpha;
  real beta;
  real<lower=0> sigma;
}
model {
  alpha ~ normal(0, 5);
  beta ~ normal(0, 5);
  sigma ~ normal(0, 2);
  for (n in 1:N)
    y[n] ~ normal(alpha + beta * x[n], sigma) T[L, ];
}
