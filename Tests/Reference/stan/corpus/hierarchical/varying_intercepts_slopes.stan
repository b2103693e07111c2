// data: N = 20; J = 4; jj = ints(1, J, N); x = normal(N); y = normal(N)
data {
  int<lower=0> N;
  int<lower=1> J;
  array[N] int<lower=1, upper=J> jj;
  vector[N] x;
  vector[N] y;
}
parameters {
  vector[J] a;
  vector[J] b;
  real mu_a;
  real mu_b;
  real<lower=0, upper=100> sigma_y;
  real<lower=0, upper=100> sigma_a;
  real<lower=0, upper=100> sigma_b;
}
transformed parameters {
  vector[N] y_hat;
  for (i in 1:N)
    y_hat[i] = a[jj[i]] + x[i] * b[jj[i]];
}
model {
  mu_a ~ normal(0, 100);
  mu_b ~ normal(0, 100);
  a ~ normal(mu_a, sigma_a);
  b ~ normal(mu_b, sigma_b);
  y ~ normal(y_hat, sigma_y);
}
