// A straight line, one statement an observation.
data {
  int<lower=0> N;
  vector[N] x;
  vector[N] y;
}
parameters {
  real alpha;
  real beta;
  real<lower=0> sigma;
}
model {
  alpha ~ normal(0, 10);
  beta ~ normal(0, 10);
  sigma ~ normal(0, 5);
  for (n in 1:N)
    y[n] ~ normal(alpha + beta * x[n], sigma);
}
