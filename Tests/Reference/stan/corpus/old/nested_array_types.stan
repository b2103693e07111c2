// data: I = 2; J = 3; y = normal(I, J); w = normal(I, J, 2); c = ints(1, 2, I, J)
functions {
  real total(array[] vector v, array[,] matrix m) {
    real s;
    s = 0;
    for (i in 1:size(v)) s = s + sum(v[i]) * m[i, 1][1, 1];
    return s;
  }
}
data {
  int I;
  int J;
  array[I, J] real y;
  array[I, J] vector[2] w;
  array[I, J] int<lower=1, upper=2> c;
}
parameters {
  array[I] vector[2] b;
  array[I, 1] matrix[2, 2] M;
  array[2] real<lower=0, upper=1> p;
  array[I] cholesky_factor_corr[2] L;
  array[2] simplex[3] q;
}
transformed parameters {
  array[I, J] real eta;
  array[2] vector[3] lq;
  for (i in 1:I) {
    for (j in 1:J)
      eta[i, j] = dot_product(w[i, j], b[i]) + log(p[c[i, j]]) + L[i][2, 1];
  }
  for (k in 1:2) lq[k] = log(q[k]);
}
model {
  for (i in 1:I) {
    y[i] ~ normal(eta[i], 1);
    b[i] ~ normal(0, 1);
    to_vector(M[i, 1]) ~ normal(0, 1);
    L[i] ~ lkj_corr_cholesky(2);
  }
  for (k in 1:2) q[k] ~ dirichlet(rep_vector(1.5, 3));
  target += total(b, M) + 0.01 * sum(lq[1]);
}
