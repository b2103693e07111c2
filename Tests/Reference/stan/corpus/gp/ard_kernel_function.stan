// data: N = 6; D = 2; x = normal(N, D); y = binary(N)
functions {
  matrix L_cov_exp_quad_ARD(array[] vector x, real alpha, vector rho, real delta) {
    int N = size(x);
    matrix[N, N] K;
    real sq_alpha = square(alpha);
    for (i in 1:(N - 1)) {
      K[i, i] = sq_alpha + delta;
      for (j in (i + 1):N) {
        K[i, j] = sq_alpha * exp(-0.5 * dot_self((x[i] - x[j]) ./ rho));
        K[j, i] = K[i, j];
      }
    }
    K[N, N] = sq_alpha + delta;
    return cholesky_decompose(K);
  }
}
data {
  int<lower=1> N;
  int<lower=1> D;
  array[N] vector[D] x;
  array[N] int<lower=0, upper=1> y;
}
transformed data {
  real delta = 1e-4;
}
parameters {
  vector<lower=0>[D] rho;
  real<lower=0> alpha;
  real a;
  vector[N] eta;
}
model {
  vector[N] f;
  {
    matrix[N, N] L_K = L_cov_exp_quad_ARD(x, alpha, rho, delta);
    f = L_K * eta;
  }
  rho ~ inv_gamma(5, 5);
  alpha ~ normal(0, 1);
  eta ~ std_normal();
  a ~ normal(0, 1);
  y ~ bernoulli_logit(a + f);
}
