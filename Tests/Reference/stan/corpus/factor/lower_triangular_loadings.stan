// data: N = 5; P = 4; D = 2; y = normal(N, P)
data {
  int<lower=1> N, P, D;
  array[N] vector[P] y;
}
transformed data {
  int<lower=1> M;
  vector[P] mu;
  M = D * (P - D) + (D * (D - 1)) %/% 2;
  mu = rep_vector(0.0, P);
}
parameters {
  vector[M] L_t;
  vector<lower=0>[D] L_d;
  vector<lower=0>[P] psi;
  real<lower=0> mu_psi, sigma_psi;
}
transformed parameters {
  cholesky_factor_cov[P, D] L;
  cov_matrix[P] Q;
  {
    int idx2 = 0;
    real zero = 0;
    for (i in 1:P) {
      for (j in (i + 1):D) {
        L[i, j] = zero;
      }
    }
    for (j in 1:D) {
      L[j, j] = L_d[j];
      for (i in (j + 1):P) {
        idx2 += 1;
        L[i, j] = L_t[idx2];
      }
    }
  }
  Q = L * L' + diag_matrix(psi);
}
model {
  L_d ~ cauchy(0, 3);
  L_t ~ cauchy(0, 1);
  psi ~ cauchy(mu_psi, sigma_psi);
  mu_psi ~ cauchy(0, 1);
  sigma_psi ~ cauchy(0, 1);
  y ~ multi_normal(mu, Q);
}
