// Hares and lynxes: a system of differential equations.
functions {
  vector change(real t, vector z, vector theta) {
    return [(theta[1] - theta[2] * z[2]) * z[1], (-theta[3] + theta[4] * z[1]) * z[2]]';
  }
}
data {
  int<lower=0> N;
  array[N] real times;
  array[N] vector[2] y;
}
parameters {
  vector<lower=0>[4] theta;
  vector<lower=0>[2] start;
  vector<lower=0>[2] sigma;
}
model {
  array[N] vector[2] z = ode_rk45(change, start, 0, times, theta);
  theta[{1, 3}] ~ normal(1, 0.5);
  theta[{2, 4}] ~ normal(0.05, 0.05);
  start ~ lognormal(log(10), 1);
  sigma ~ lognormal(-1, 1);
  for (n in 1:N)
    y[n] ~ lognormal(log(z[n]), sigma);
}
