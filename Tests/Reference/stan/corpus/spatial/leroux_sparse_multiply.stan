// peer: stan 7
// data: n = 4; y = counts(3, n); w = [-1.0, -1, -1, -1, -1, -1, -1, -1]; v = [2, 4, 1, 3, 2, 4, 1, 3]; u = [1, 3, 5, 7, 9]
data {
  int n;
  array[n] int y;
  vector[8] w;
  array[8] int v;
  array[n + 1] int u;
}
parameters {
  vector[n] phi;
  real<lower=0, upper=1> lambda;
  real<lower=0> tau;
  real b;
}
model {
  vector[n] Wphi = csr_matrix_times_vector(n, n, w, v, u, phi);
  matrix[n, n] Q = lambda * (diag_matrix(rep_vector(2.0, n)) + csr_to_dense_matrix(n, n, w, v, u))
                   + (1 - lambda) * identity_matrix(n);
  target += 0.5 * log_determinant(Q) + 0.5 * n * log(tau)
            - 0.5 * tau * (lambda * (2 * dot_self(phi) + dot_product(phi, Wphi)) + (1 - lambda) * dot_self(phi));
  y ~ poisson_log(b + phi);
  b ~ normal(1, 1);
  tau ~ gamma(2, 2);
}
