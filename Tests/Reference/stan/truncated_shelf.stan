data {
  int<lower=0> N;
  array[N] real<lower=0.1, upper=4> y;
  array[N] int<lower=1> k;
}
parameters {
  real mu;
  real<lower=0> sigma;
  real<lower=0> a;
}
model {
  sigma ~ gamma(2, 1.5) T[0.001, ];
  a ~ inv_gamma(3, 2) T[, 50];
  for (n in 1 : N) {
    y[n] ~ gamma(a, sigma) T[0.1, 4];
    y[n] ~ student_t(a, mu, sigma) T[, 4];
    y[n] ~ inv_gamma(a, sigma) T[0.1, ];
    y[n] / 5 ~ beta(a, sigma) T[0.01, 0.9];
    k[n] ~ neg_binomial_2(a, sigma) T[1, ];
    k[n] ~ binomial(9, inv_logit(mu)) T[1, 8];
    k[n] ~ beta_binomial(9, a, sigma) T[, 8];
  }
  y ~ gamma(a, 1) T[0.1, ];
  mu ~ normal(0, 2);
}
