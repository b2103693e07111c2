data {
  int<lower=1> R;
  int<lower=1> C;
  matrix[R, C] M;
  array[R, C] int A;
  array[3] int pick;
}
transformed data {
  int total = 0;
  array[C] int column_total = rep_array(0, C);
  array[R] row_vector[C] rows_of_M;
  for (r in 1:R) {
    rows_of_M[r] = M[r];
    for (c in 1:C) {
      total += A[r, c];
      column_total[c] += A[r, c];
    }
  }
}
parameters {
  matrix[R, C] B;
  array[2, 3] vector[C] v;
  row_vector<lower=0>[C] s;
}
model {
  matrix[R, C] W = B;
  vector[C] u = v[2, 3];
  W[1, : ] = s;
  W[2:3, 2] = to_vector({1.0, 2.0}) * B[1, 1];
  W[pick, 1] = B[pick, 2] .* M[pick, 1];
  W[pick, {1, 3}] = 2 * B[pick, {2, 2}];
  u[2] = sum(W[ : , 2]);
  u[{1, 3}] = u[{3, 1}] / 2;
  to_vector(W) ~ normal(0, 1);
  for (i in 1:2)
    for (j in 1:3)
      v[i, j] ~ normal(i - j, 2);
  u ~ normal(0, 3);
  s ~ exponential(1);
  target += sum(B[2, 2:]) * total + dot_product(B[:, C], M[:, 1]);
  target += column_total[2] * B[1:2, 1:2][2, 1] - rows_of_M[2] * u;
  for (x in v[1]) target += -0.1 * dot_self(x);
  for (x in to_array_1d(B)) target += -0.05 * x ^ 4;
}
