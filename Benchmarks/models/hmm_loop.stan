// A hidden Markov chain of K states by the forward algorithm, in loops.
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
  array[T, K] real gamma;
  array[K] real acc;
  for (k in 1:K)
    A[k] ~ dirichlet(rep_vector(2, K));
  mu ~ normal(0, 5);
  sigma ~ normal(0, 2);
  for (k in 1:K)
    gamma[1, k] = -log(K) + normal_lpdf(y[1] | mu[k], sigma);
  for (t in 2:T) {
    for (k in 1:K) {
      for (j in 1:K)
        acc[j] = gamma[t - 1, j] + log(A[j, k]) + normal_lpdf(y[t] | mu[k], sigma);
      gamma[t, k] = log_sum_exp(acc);
    }
  }
  target += log_sum_exp(gamma[T]);
}
