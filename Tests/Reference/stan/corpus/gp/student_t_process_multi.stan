// peer: stan 3
// data: N = 4; x = ordered(0, 3, N); y = normal(2, N)
data {
  int N;
  array[N] real x;
  array[2] vector[N] y;
}
parameters {
  real<lower=0> a, l;
  real<lower=2> nu;
}
model {
  matrix[N, N] K = add_diag(gp_matern32_cov(x, a, l), 0.1);
  y ~ multi_student_t(nu, rep_vector(0.0, N), K);
  target += multi_gp_lpdf(to_matrix(append_array({1.0, 2, 3, 4}, {0.5, 0, 0, 1}), 2, 4) | K, [a, l]');
  a ~ std_normal(); l ~ std_normal();
  nu ~ gamma(2, 0.1);
}
