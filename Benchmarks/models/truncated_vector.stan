// Normal observations that are seen above a limit only, as two statements.
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
  vector[N] mu = alpha + beta * x;
  alpha ~ normal(0, 5);
  beta ~ normal(0, 5);
  sigma ~ normal(0, 2);
  y ~ normal(mu, sigma);
  target += -normal_lccdf(rep_vector(L, N) | mu, sigma);
}
