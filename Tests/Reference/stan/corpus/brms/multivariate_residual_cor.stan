// data: N = 10; N_a = N; Y_a = normal(N); Y_b = normal(N); nresp = 2; nrescor = 1; K_a = 2; X_a = design(N, 2)
data {
  int<lower=1> N;
  int<lower=1> N_a;
  vector[N] Y_a;
  vector[N] Y_b;
  int K_a;
  matrix[N, K_a] X_a;
  int<lower=1> nresp;
  int nrescor;
}
transformed data {
  array[N] vector[nresp] Y;
  for (n in 1:N) {
    Y[n] = transpose([Y_a[n], Y_b[n]]);
  }
}
parameters {
  vector[K_a] b_a;
  real Intercept_b;
  real<lower=0> sigma_a;
  real<lower=0> sigma_b;
  cholesky_factor_corr[nresp] Lrescor;
}
transformed parameters {
  real lprior = 0;
  lprior += lkj_corr_cholesky_lpdf(Lrescor | 1);
}
model {
  vector[N] mu_a = rep_vector(0.0, N);
  vector[N] mu_b = rep_vector(0.0, N);
  array[N] vector[nresp] Mu;
  vector[nresp] sigma = transpose([sigma_a, sigma_b]);
  matrix[nresp, nresp] LSigma = diag_pre_multiply(sigma, Lrescor);
  mu_a += X_a * b_a;
  mu_b += Intercept_b;
  for (n in 1:N) {
    Mu[n] = transpose([mu_a[n], mu_b[n]]);
  }
  target += multi_normal_cholesky_lpdf(Y | Mu, LSigma);
  target += lprior;
  target += gamma_lpdf(sigma | 2, 2);
}
generated quantities {
  corr_matrix[nresp] Rescor = multiply_lower_tri_self_transpose(Lrescor);
  vector<lower=-1, upper=1>[nrescor] rescor;
  for (k in 1:nresp) {
    for (j in 1:(k - 1)) {
      rescor[choose(k - 1, 2) + j] = Rescor[j, k];
    }
  }
}
