// data: N = 5; x = ordered(0, 3, N); n = [5, 3, 8, 2, 9]; k = [2, 1, 3, 0, 4]; y = normal(N); flag = [1, 0, 1, 1, 0]
data {
  int N;
  array[N] real x;
  array[N] int n;
  array[N] int k;
  vector[N] y;
  array[N] int flag;
}
parameters {
  real a;
  real<lower=0> s;
}
model {
  matrix[N, N] K;
  real u;
  K = gp_exp_quad_cov(x, s, 1.5);
  for (i in 1:N) K[i, i] = K[i, i] + 0.1 + abs(a);
  y ~ multi_normal(rep_vector(a, N), K);
  for (i in 1:N) {
    target += lmultiply(k[i], s) + lchoose(n[i], k[i]) * a;
    target += (flag[i] == 1 ? a : s * a) + (flag[i] ? 1.5 : a);
    target += -square(a) + abs(a - s) + lchoose(n[i] + s, k[i] + 0.5);
  }
  u = abs(s - 3);
  target += u * (n[1] % k[1]);
  target += a * (n[1] + k[1]) - s * (n[2] - k[2]) + (a < s) + (a >= s) * 2;
}
