functions {
  real total(vector[] v, matrix[,] m) {
    real s;
    s <- 0;
    for (i in 1:size(v)) s <- s + sum(v[i]) * m[i, 1][1, 1];
    return s;
  }
}
data {
  int I;
  int J;
  real y[I, J];
  vector[2] w[I, J];
  int<lower=1, upper=2> c[I, J];
}
parameters {
  vector[2] b[I];
  matrix[2, 2] M[I, 1];
  real<lower=0, upper=1> p[2];
  cholesky_factor_corr[2] L[I];
  simplex[3] q[2];
}
transformed parameters {
  real eta[I, J];
  vector[3] lq[2];
  for (i in 1:I) {
    for (j in 1:J)
      eta[i, j] <- dot_product(w[i, j], b[i]) + log(p[c[i, j]]) + L[i][2, 1];
  }
  for (k in 1:2) lq[k] <- log(q[k]);
}
model {
  for (i in 1:I) {
    y[i] ~ normal(eta[i], 1);
    b[i] ~ normal(0, 1);
    to_vector(M[i, 1]) ~ normal(0, 1);
    L[i] ~ lkj_corr_cholesky(2);
  }
  for (k in 1:2) q[k] ~ dirichlet(rep_vector(1.5, 3));
  increment_log_prob(total(b, M) + 0.01 * sum(lq[1]));
}
