// data: N = 8; K = 2; x = normal(N, K); y = normal(N); group = ints(1, 3, N); lp = 0.5
functions {
  real mean_of(array[] real v, int n) {
    real s;
    s = 0;
    for (i in 1:n) s = s + v[i];
    return s / n;
  }
  array[] real scaled(array[] real v, real k) {
    array[size(v)] real out;
    for (i in 1:size(v)) out[i] = v[i] * k;
    return out;
  }
  array[,] int table_of(array[] int g, int k) {
    array[k, 2] int t;
    for (i in 1:k) for (j in 1:2) t[i, j] = i * j + g[1];
    return t;
  }
}
data {
  int<lower=0> N;
  int K;
  array[N] vector[K] x;
  array[N] real y;
  array[N] int<lower=1, upper=3> group;
  real lp;
}
transformed data {
  real m;
  array[3, 2] int t;
  m = mean_of(y, N);
  t = table_of(group, 3);
}
parameters {
  array[3] vector[K] beta;
  array[2] real<lower=0> sigma;
}
model {
  array[N] real mu;
  for (k in 1:3)
    beta[k] ~ normal(0, 2);
  for (n in 1:N)
    mu[n] = dot_product(x[n], beta[group[n]]) + m + 0.1 * t[group[n], 2];
  y ~ normal(scaled(mu, 0.5), sigma[1]);
  target += -sigma[2] * lp;
  target += cauchy_lpdf(sigma[1] | 0, 2.5);
}
