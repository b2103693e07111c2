data {
  int<lower=0> N;
  int<lower=1> K;
  matrix[N, K] X;
  vector[N] y;
}
transformed data {
  matrix[N, K] Xc;
  vector[K] centre;
  for (k in 1:K) {
    centre[k] = mean(X[, k]);
    Xc[, k] = X[, k] - centre[k];
  }
}
parameters {
  real alpha;
  vector[K] beta;
  real<lower=0> sigma;
}
model {
  target += normal_lpdf(beta | 0, 2);
  target += student_t_lpdf(alpha | 3, 0, 2.5);
  target += student_t_lpdf(sigma | 3, 0, 2.5) - 1 * student_t_lccdf(0 | 3, 0, 2.5);
  y ~ normal(alpha + Xc * beta, sigma);
}
generated quantities {
  real b_intercept = alpha - dot_product(centre, beta);
}
