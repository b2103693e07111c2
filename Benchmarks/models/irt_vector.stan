// Answers of persons to items with two parameters each, gathered.
data {
  int<lower=1> I;
  int<lower=1> J;
  int<lower=1> N;
  array[N] int<lower=1, upper=I> person;
  array[N] int<lower=1, upper=J> item;
  array[N] int<lower=0, upper=1> y;
}
parameters {
  vector[I] theta;
  vector<lower=0>[J] a;
  vector[J] b;
  real mu;
  real<lower=0> tau;
}
model {
  theta ~ normal(0, 1);
  a ~ lognormal(0, 0.5);
  mu ~ normal(0, 2);
  tau ~ normal(0, 2);
  b ~ normal(mu, tau);
  y ~ bernoulli_logit(a[item] .* (theta[person] - b[item]));
}
