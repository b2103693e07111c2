// data: N = 6; N_edges = 7; node1 = [1, 1, 2, 3, 4, 4, 5]; node2 = [2, 3, 4, 4, 5, 6, 6]; y = counts(3, N); E = positive(N)
functions {
  real icar_normal_lpdf(vector phi, int N, array[] int node1, array[] int node2) {
    return -0.5 * dot_self(phi[node1] - phi[node2]) + normal_lpdf(sum(phi) | 0, 0.001 * N);
  }
}
data {
  int<lower=0> N;
  int<lower=0> N_edges;
  array[N_edges] int<lower=1, upper=N> node1;
  array[N_edges] int<lower=1, upper=N> node2;
  array[N] int<lower=0> y;
  vector<lower=0>[N] E;
}
transformed data {
  vector[N] log_E = log(E);
}
parameters {
  real beta0;
  real<lower=0> sigma;
  vector[N] phi;
}
model {
  y ~ poisson_log(log_E + beta0 + phi * sigma);
  beta0 ~ normal(0.0, 1);
  sigma ~ normal(0.0, 1.0);
  phi ~ icar_normal(N, node1, node2);
}
generated quantities {
  vector[N] eta = log_E + beta0 + phi * sigma;
  vector[N] mu = exp(eta);
}
