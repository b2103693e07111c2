// peer: stan 25
// data: N = 4; M = 3; X = normal(N, M); idx = [3, 1, 2]; A = normal(2, N, M); k = ints(1, 3, N)
data {
  int N, M;
  matrix[N, M] X;
  array[M] int idx;
  array[2] matrix[N, M] A;
  array[N] int k;
}
transformed data {
  array[N, M] int table = rep_array(1, N, M);
  array[2, 3] int small = {{1, 2, 3}, {4, 5, 6}};
  table[1:2, 2] = {7, 8};
  table[3] = {9, 9, 9};
  table[, 1] = small[{1, 2, 1, 2}, 1];
  for (row in small) for (x in row) table[4, 3] += x;
}
parameters {
  vector[N] v;
  row_vector[M] w;
  matrix[N, M] B;
  array[2] vector[M] u;
}
model {
  matrix[N, M] C = B;
  vector[N] z = v;
  array[2, M] real arr;
  array[2] matrix[N, M] D = A;
  C[idx[1]] = w;
  C[:, 2] += v;
  C[2:3, idx[1:2]] = X[1:2, 2:3] .* B[{1, 4}, {1, 3}];
  C[4, :2] = w[2:];
  C[{1, 2}, 3] = v[{4, 4}];
  z[idx] = v[2:4];
  z[:1] *= 2;
  z[3:] -= head(v, 2);
  for (i in 1:2) for (j in 1:M) arr[i, j] = u[i][j] * u[i, j];
  arr[2] = arr[1, idx];
  arr[, 1] = {v[1], v[2]};
  D[1, 2] = w;
  D[2][1, 1] = v[1];
  D[:, 3, 2] = to_array_1d(v[1:2]);
  target += -0.5 * dot_self(to_vector(C)) - 0.5 * dot_self(z);
  target += -sum(square(to_vector(to_array_1d(arr)))) / 10;
  target += -0.1 * sum(square(D[1])) - 0.1 * dot_self(to_vector(D[2][, idx]));
  target += sum(X[k[1:3], ] .* B[k[1:3]]) + table[2, 1] * v[1] + sum(table[, 2]);
  for (e in v) target += -e ^ 2;
  for (e in B) target += -e ^ 2 / 3;
  for (e in u) e ~ normal(0, 1);
}
