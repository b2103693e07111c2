data {
  int<lower=1> N;
  vector[N] x;
  array[N] int<lower=0> y;
}
parameters {
  real<lower=0> rho;
  real<lower=0> alpha;
  vector[N] eta;
}
transformed parameters {
  vector[N] f;
  {
    matrix[N, N] K;
    for (i in 1:(N - 1)) {
      K[i, i] = alpha ^ 2 + 1e-6;
      for (j in (i + 1):N) {
        K[i, j] = alpha ^ 2 * exp(-0.5 * ((x[i] - x[j]) / rho) ^ 2);
        K[j, i] = K[i, j];
      }
    }
    K[N, N] = alpha ^ 2 + 1e-6;
    f = cholesky_decompose(K) * eta;
  }
}
model {
  rho ~ gamma(4, 4);
  alpha ~ std_normal();
  eta ~ std_normal();
  y ~ poisson_log(f);
}
