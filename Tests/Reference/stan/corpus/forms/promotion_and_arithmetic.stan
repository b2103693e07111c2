// data: N = 3; k = [2, 3, 5]; x = positive(N)
data {
  int N;
  array[N] int k;
  vector[N] x;
}
transformed data {
  int half = k[3] %/% 2;
  int rest = k[3] % k[1];
  real third = k[2] / 2;
  array[N] real kr = k;
  real huge = 1.5e3;
  int minus = -k[1];
}
parameters {
  real a;
  real<lower=0> b;
  vector[N] v;
  matrix[2, 2] M;
}
model {
  real p = -a ^ 2 + 2 ^ b - b ^ -1 ^ 2;
  vector[N] e = v .* x ./ (1 + x) .^ 2 - 2 .^ v / 3 + x ^ 2;
  matrix[2, 2] S = M * M' + diag_matrix([1, 2]');
  row_vector[2] r = [a, b] / S;
  vector[2] l = S \ [a, b]';
  real n = !(half > 2) + (rest == 1) - (k[1] != 2) * 3.0 + minus;
  array[2] real arr = {1, a};
  vector[2] mixed = [1, a]';
  target += p * 0.1 - dot_self(e) - r * l + n * a - dot_product(arr, arr) - mixed' * mixed;
  target += -square(a) * third - huge * 1e-3 * b ^ 2 - sum(kr) * a ^ 2 + +a - -b;
  target += -0.5 * sum(square(M .* M - 2 ./ (1 + M .* M))) + sum({a, 1} ) + max({a, 1, 2}) * 0;
  target += a < b && b < 3 ? fmin(a, b) : fmax(a, 1);
  target += 3 * (v')[1:2] * v[2:3];
}
