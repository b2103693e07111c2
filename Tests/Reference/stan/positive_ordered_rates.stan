data {
  int<lower=0> N;
  array[N, 2] real<lower=0> w;
}
parameters {
  positive_ordered[3] rate;
  real<upper=0> shift;
  real<lower=2, upper=7> shape;
}
model {
  rate ~ gamma(2, 1);
  shift ~ normal(-1, 1);
  for (i in 1:N)
    for (j in 1:2)
      w[i, j] ~ gamma(shape, rate[j] + exp(shift) * rate[3]);
}
