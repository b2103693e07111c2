// data: J = 6; n_t = ints(10, 20, J); r_t = [a // 3 for a in n_t]; n_c = ints(10, 20, J); r_c = [a // 2 for a in n_c]
data {
  int<lower=0> J;
  array[J] int<lower=0> n_t;
  array[J] int<lower=0> r_t;
  array[J] int<lower=0> n_c;
  array[J] int<lower=0> r_c;
}
transformed data {
  array[J] real y;
  array[J] real<lower=0> sigma;
  for (j in 1:J)
    y[j] = log(r_t[j]) - log(n_t[j] - r_t[j])
           - (log(r_c[j]) - log(n_c[j] - r_c[j]));
  for (j in 1:J)
    sigma[j] = sqrt(1.0 / r_t[j] + 1.0 / (n_t[j] - r_t[j])
                    + 1.0 / r_c[j] + 1.0 / (n_c[j] - r_c[j]));
}
parameters {
  real mu;
  real<lower=0> tau;
  array[J] real theta;
}
model {
  y ~ normal(theta, sigma);
  theta ~ normal(mu, tau);
  mu ~ normal(0, 10);
  tau ~ cauchy(0, 5);
  r_t ~ binomial_logit(n_t, theta);
}
