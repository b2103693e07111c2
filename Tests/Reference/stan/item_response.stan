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
  real mu_b;
  real<lower=0> sigma_b;
}
model {
  theta ~ std_normal();
  a ~ lognormal(0, 0.5);
  b ~ normal(mu_b, sigma_b);
  mu_b ~ cauchy(0, 5);
  sigma_b ~ cauchy(0, 5);
  y ~ bernoulli_logit(a[item] .* (theta[person] - b[item]));
}
