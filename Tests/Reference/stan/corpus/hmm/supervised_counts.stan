// data: K = 2; V = 3; T = 12; w = ints(1, V, T); z = ints(1, K, T); alpha = [1.0] * K; beta = [0.8] * V
data {
  int K; int V; int T;
  array[T] int w;
  array[T] int z;
  vector<lower=0>[K] alpha;
  vector<lower=0>[V] beta;
}
transformed data {
  array[K, K] int<lower=0> trans;
  array[K, V] int<lower=0> emit;
  for (k1 in 1:K) for (k2 in 1:K) trans[k1, k2] = 0;
  for (t in 2:T) trans[z[t - 1], z[t]] += 1;
  emit = rep_array(0, K, V);
  for (t in 1:T) emit[z[t], w[t]] = emit[z[t], w[t]] + 1;
}
parameters {
  array[K] simplex[K] theta;
  array[K] simplex[V] phi;
}
model {
  theta ~ dirichlet(alpha);
  for (k in 1:K) phi[k] ~ dirichlet(beta);
  for (k in 1:K) trans[k] ~ multinomial(theta[k]);
  for (k in 1:K) emit[k] ~ multinomial(phi[k]);
}
