// data: I = 3; J = 5; K = 4; y = ints(1, K, J, I)
data {
  int I; int J; int K;
  array[J, I] int<lower=1, upper=K> y;
}
parameters {
  vector[J] theta;
  array[I] real<lower=0> alpha;
  array[I] ordered[K - 1] kappa;
  real mu_kappa;
  real<lower=0> sigma_kappa;
}
model {
  alpha ~ cauchy(0, 5);
  theta ~ normal(0, 1);
  for (i in 1:I)
    for (k in 1:(K - 1)) kappa[i, k] ~ normal(mu_kappa, sigma_kappa);
  mu_kappa ~ normal(0, 5);
  sigma_kappa ~ cauchy(0, 5);
  for (i in 1:I)
    for (j in 1:J)
      y[j, i] ~ ordered_logistic(theta[j] * alpha[i], kappa[i]);
}
