// data: K = 3; V = 4; T = 10; w = ints(1, V, T); alpha = [1.0] * K; beta = [0.8] * V
data {
  int<lower=1> K;
  int<lower=1> V;
  int<lower=0> T;
  array[T] int<lower=1, upper=V> w;
  vector<lower=0>[K] alpha;
  vector<lower=0>[V] beta;
}
parameters {
  array[K] simplex[K] theta;
  array[K] simplex[V] phi;
}
model {
  for (k in 1:K) theta[k] ~ dirichlet(alpha);
  for (k in 1:K) phi[k] ~ dirichlet(beta);
  {
    array[K] real acc;
    array[T, K] real gamma;
    for (k in 1:K) gamma[1, k] = log(phi[k, w[1]]);
    for (t in 2:T) {
      for (k in 1:K) {
        for (j in 1:K)
          acc[j] = gamma[t - 1, j] + log(theta[j, k]) + log(phi[k, w[t]]);
        gamma[t, k] = log_sum_exp(acc);
      }
    }
    target += log_sum_exp(gamma[T]);
  }
}
generated quantities {
  array[T] int<lower=1, upper=K> y_star;
  real log_p_y_star;
  {
    array[T, K] int back_ptr;
    array[T, K] real best_logp;
    real best_total_logp;
    for (k in 1:K) best_logp[1, k] = log(phi[k, w[1]]);
    for (t in 2:T) {
      for (k in 1:K) {
        best_logp[t, k] = negative_infinity();
        for (j in 1:K) {
          real logp;
          logp = best_logp[t - 1, j] + log(theta[j, k]) + log(phi[k, w[t]]);
          if (logp > best_logp[t, k]) {
            back_ptr[t, k] = j;
            best_logp[t, k] = logp;
          }
        }
      }
    }
    log_p_y_star = max(best_logp[T]);
    for (k in 1:K) if (best_logp[T, k] == log_p_y_star) y_star[T] = k;
    for (t in 1:(T - 1))
      y_star[T - t] = back_ptr[T - t + 1, y_star[T - t + 1]];
  }
}
