// data: T = 10; K = 2; y = normal(T)
data {
  int T;
  int K;
  vector[T] y;
}
parameters {
  simplex[K] pi1;
  array[K] simplex[K] A;
  ordered[K] mu;
  array[K] real<lower=0> sigma;
}
transformed parameters {
  array[T] vector[K] logalpha;
  {
    array[K] real accumulator;
    logalpha[1] = log(pi1) + [normal_lpdf(y[1] | mu[1], sigma[1]), normal_lpdf(y[1] | mu[2], sigma[2])]';
    for (t in 2 : T) {
      for (j in 1 : K) {
        for (i in 1 : K) {
          accumulator[i] = logalpha[t - 1, i] + log(A[i, j])
                           + normal_lpdf(y[t] | mu[j], sigma[j]);
        }
        logalpha[t, j] = log_sum_exp(accumulator);
      }
    }
  }
}
model {
  target += log_sum_exp(logalpha[T]);
  mu ~ normal(0, 2);
  sigma ~ inv_gamma(3, 2);
}
generated quantities {
  array[T] vector[K] alpha;
  for (t in 1:T) alpha[t] = softmax(logalpha[t]);
}
