// peer: stan 6
// data: N = 6; x = ordered(0, 3, N); y = normal(N)
data {
  int N;
  array[N] real x;
  vector[N] y;
}
parameters {
  real<lower=0> a1, l1, p;
  real<lower=0> a2, l2;
  real<lower=0> s;
}
model {
  matrix[N, N] K = gp_periodic_cov(x, a1, l1, p + 0.5) + gp_matern32_cov(x, a2, l2)
                   + gp_exponential_cov(x, a1, l2) + gp_matern52_cov(x, a2, l1);
  y ~ multi_normal(zeros_vector(N), K + diag_matrix(rep_vector(s ^ 2, N)));
  [a1, l1, p, a2, l2, s] ~ lognormal(0, 1);
}
