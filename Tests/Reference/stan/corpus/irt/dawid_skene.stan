// data: J = 3; K = 3; I = 4; N = 10; ii = ints(1, I, N); jj = ints(1, J, N); y = ints(1, K, N); alpha = [1.5] * K; beta = [[2.0, 1, 1], [1, 2, 1], [1, 1, 2]]
data {
  int<lower=1> J;
  int<lower=2> K;
  int<lower=1> N;
  int<lower=1> I;
  array[N] int<lower=1, upper=I> ii;
  array[N] int<lower=1, upper=J> jj;
  array[N] int<lower=0, upper=K> y;
  vector<lower=0>[K] alpha;
  array[K] vector<lower=0>[K] beta;
}
parameters {
  simplex[K] pi;
  array[J, K] simplex[K] theta;
}
transformed parameters {
  array[I] vector[K] log_q_z = rep_array(log(pi), I);
  for (n in 1:N)
    for (k in 1:K)
      log_q_z[ii[n], k] += log(theta[jj[n], k, y[n]]);
}
model {
  pi ~ dirichlet(alpha);
  for (j in 1:J)
    for (k in 1:K)
      theta[j, k] ~ dirichlet(beta[k]);
  for (i in 1:I)
    target += log_sum_exp(log_q_z[i]);
}
