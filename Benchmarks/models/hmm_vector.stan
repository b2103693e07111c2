// A hidden Markov chain of K states by the forward algorithm, on vectors.
data {
  int<lower=1> K;
  int<lower=1> T;
  vector[T] y;
}
parameters {
  array[K] simplex[K] A;
  ordered[K] mu;
  real<lower=0> sigma;
}
model {
  matrix[K, K] log_A;
  vector[K] gamma;
  mu ~ normal(0, 5);
  sigma ~ normal(0, 2);
  for (k in 1:K) {
    A[k] ~ dirichlet(rep_vector(2, K));
    log_A[, k] = log(to_vector(A[, k]));
    gamma[k] = -log(K) + normal_lpdf(y[1] | mu[k], sigma);
  }
  for (t in 2:T) {
    vector[K] next;
    for (k in 1:K)
      next[k] = log_sum_exp(gamma + log_A[, k]) + normal_lpdf(y[t] | mu[k], sigma);
    gamma = next;
  }
  target += log_sum_exp(gamma);
}
