// data: K = 3; V = 4; M = 5; N = 14; z = ints(1, K, M); w = ints(1, V, N); doc = ints(1, M, N); alpha = [1.0] * K; beta = [0.5] * V
data {
  int<lower=1> K, V;
  int<lower=0> M, N;
  array[M] int<lower=1, upper=K> z;
  array[N] int<lower=1, upper=V> w;
  array[N] int<lower=1, upper=M> doc;
  vector<lower=0>[K] alpha;
  vector<lower=0>[V] beta;
}
parameters {
  simplex[K] theta;
  array[K] simplex[V] phi;
}
model {
  theta ~ dirichlet(alpha);
  phi ~ dirichlet(beta);
  for (m in 1:M) z[m] ~ categorical(theta);
  for (n in 1:N) w[n] ~ categorical(phi[z[doc[n]]]);
}
