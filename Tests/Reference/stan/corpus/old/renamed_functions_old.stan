data {
  int N;
  real x[N];
  int n[N];
  int k[N];
  vector[N] y;
  int flag[N];
}
parameters {
  real a;
  real<lower=0> s;
}
model {
  matrix[N, N] K;
  real u;
  K <- cov_exp_quad(x, s, 1.5);
  for (i in 1:N) K[i, i] <- K[i, i] + 0.1 + fabs(a);
  y ~ multi_normal(rep_vector(a, N), K);
  for (i in 1:N) {
    increment_log_prob(multiply_log(k[i], s) + binomial_coefficient_log(n[i], k[i]) * a);
    increment_log_prob(if_else(flag[i] == 1, a, s * a) + if_else(flag[i], 1.5, a));
    increment_log_prob(-square(a) + fabs(a - s) + binomial_coefficient_log(n[i] + s, k[i] + 0.5));
  }
  u <- fabs(s - 3);
  increment_log_prob(u * modulus(n[1], k[1]));
  increment_log_prob(a * add(n[1], k[1]) - s * subtract(n[2], k[2]) + logical_lt(a, s) + logical_gte(a, s) * 2);
}
