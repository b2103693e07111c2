// Logistic regression with intercepts of two crossed groups, observation by observation.
data {
  int<lower=0> N;
  int<lower=0> J;
  int<lower=0> K;
  array[N] int<lower=1, upper=J> school;
  array[N] int<lower=1, upper=K> year;
  vector[N] x;
  array[N] int<lower=0, upper=1> y;
}
parameters {
  real alpha;
  real beta;
  real<lower=0> sigma_school;
  real<lower=0> sigma_year;
  vector[J] u;
  vector[K] v;
}
model {
  alpha ~ normal(0, 2);
  beta ~ normal(0, 2);
  sigma_school ~ normal(0, 1);
  sigma_year ~ normal(0, 1);
  for (j in 1:J)
    u[j] ~ normal(0, sigma_school);
  for (k in 1:K)
    v[k] ~ normal(0, sigma_year);
  for (n in 1:N)
    y[n] ~ bernoulli_logit(alpha + u[school[n]] + v[year[n]] + beta * x[n]);
}
