// data: T = 8; M = 2; P = 1; Y = normal(T, M)
data {
  int<lower=0> T;
  int<lower=1> M;
  int<lower=1> P;
  matrix[T, M] Y;
}
transformed data {
  array[T] vector[M] Y_real;
  for (t in 1:T) {
    for (m in 1:M) {
      Y_real[t][m] = Y[t, m];
    }
  }
}
parameters {
  array[P] matrix[M, M] A;
  cholesky_factor_corr[M] L_corr_noise;
  vector<lower=0>[M] sd_noise;
  vector[M] intercept;
}
transformed parameters {
  matrix[M, M] L_sigma;
  L_sigma = diag_pre_multiply(sd_noise, L_corr_noise);
}
model {
  array[T - P] vector[M] mus;
  for (t in 1:(T - P)) {
    mus[t] = intercept;
    for (p in 1:P)
      mus[t] = mus[t] + A[p] * Y_real[t + p - 1];
  }
  L_corr_noise ~ lkj_corr_cholesky(2.0);
  sd_noise ~ normal(0, 1);
  intercept ~ normal(0, 1);
  for (p in 1:P)
    to_vector(A[p]) ~ normal(0, 1);
  Y_real[(P + 1):T] ~ multi_normal_cholesky(mus, L_sigma);
}
