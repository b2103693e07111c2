// data: I = 2; J = 2; K = 3; y = normal(I, J, K); n = [[2, 3], [1, 3]]
data {
  int I, J, K;
  array[I, J] vector[K] y;
  array[I, J] int n;
}
parameters {
  array[I] simplex[K] p;
  array[I, J] real<lower=0> s;
  array[J] matrix<lower=-1, upper=1>[2, 2] m;
  array[I] row_vector<offset=1, multiplier=2>[K] r;
  array[2] ordered[2] o;
  unit_vector[3] un;
  array[1] corr_matrix[2] R;
  array[2] cov_matrix[2] S;
  array[I, 1] positive_ordered[2] po;
}
model {
  for (i in 1:I) {
    p[i] ~ dirichlet(rep_vector(2, K));
    for (j in 1:J) {
      y[i, j] ~ normal(p[i] + r[i]' * m[j][1, 2], s[i, j]);
      target += log(p[i, n[i, j]]) + sum(y[i, j, 1:n[i, j]]) * 0.1;
    }
    s[i] ~ gamma(2, m[1, 1, 1] + 2);
    S[i] ~ inv_wishart(4, identity_matrix(2));
    po[i, 1] ~ exponential(1);
  }
  o[1] ~ normal(0, 1); o[2] ~ normal(o[1], 1);
  r[1] ~ normal(r[2], 1);
  target += dot_product(un, y[1, 1]) + log_determinant(R[1]);
}
