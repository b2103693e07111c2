functions {
  real mean_of(real[] v, int n) {
    real s;
    s <- 0;
    for (i in 1:n) s <- s + v[i];
    return s / n;
  }
  real[] scaled(real[] v, real k) {
    real out[size(v)];
    for (i in 1:size(v)) out[i] <- v[i] * k;
    return out;
  }
  int[,] table_of(int[] g, int k) {
    int t[k, 2];
    for (i in 1:k) for (j in 1:2) t[i, j] <- i * j + g[1];
    return t;
  }
}
data {
  int<lower=0> N;  # number of observations
  int K;
  vector[K] x[N];
  real y[N];
  int<lower=1, upper=3> group[N];
  real lp;
}
transformed data {
  real m;
  int t[3, 2];
  m <- mean_of(y, N);
  t <- table_of(group, 3);
}
parameters {
  vector[K] beta[3];
  real<lower=0> sigma[2];
}
model {
  real mu[N];
  for (k in 1:3)
    beta[k] ~ normal(0, 2);
  for (n in 1:N)
    mu[n] <- dot_product(x[n], beta[group[n]]) + m + 0.1 * t[group[n], 2];
  y ~ normal(scaled(mu, 0.5), sigma[1]);
  increment_log_prob(-sigma[2] * lp);  # an increment
  increment_log_prob(cauchy_log(sigma[1], 0, 2.5));
}
