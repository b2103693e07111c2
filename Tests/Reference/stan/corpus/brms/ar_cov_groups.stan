// data: N = 8; Y = normal(N); N_tg = 2; begin_tg = [1, 5]; end_tg = [4, 8]; nobs_tg = [4, 4]
functions {
  matrix cholesky_cor_ar1(real ar, int nrows) {
    matrix[nrows, nrows] mat;
    vector[nrows - 1] gamma;
    mat = diag_matrix(rep_vector(1, nrows));
    for (i in 2:nrows) {
      gamma[i - 1] = pow(ar, i - 1);
      for (j in 1:(i - 1)) {
        mat[i, j] = gamma[i - j];
        mat[j, i] = gamma[i - j];
      }
    }
    return cholesky_decompose(mat ./ (1 - ar^2));
  }
  matrix scale_cov(matrix chol, vector scale) { return diag_pre_multiply(scale, chol); }
  real normal_time_hom_lpdf(vector y, vector mu, real sigma, matrix chol_cor, array[] int nobs, array[] int begin, array[] int end) {
    int I = size(nobs);
    vector[I] lp;
    for (i in 1:I) {
      matrix[nobs[i], nobs[i]] L;
      L = sigma * chol_cor[1:nobs[i], 1:nobs[i]];
      lp[i] = multi_normal_cholesky_lpdf(
        y[begin[i]:end[i]] | mu[begin[i]:end[i]], L
      );
    }
    return sum(lp);
  }
}
data {
  int<lower=1> N;
  vector[N] Y;
  int<lower=1> N_tg;
  array[N_tg] int<lower=1> begin_tg;
  array[N_tg] int<lower=1> end_tg;
  array[N_tg] int<lower=1> nobs_tg;
}
transformed data {
  int max_nobs_tg = max(nobs_tg);
}
parameters {
  real Intercept;
  real<lower=0> sigma;
  vector<lower=-1, upper=1>[1] ar;
}
model {
  matrix[max_nobs_tg, max_nobs_tg] Lcortime = cholesky_cor_ar1(ar[1], max_nobs_tg);
  vector[N] mu = rep_vector(0.0, N);
  mu += Intercept;
  target += normal_time_hom_lpdf(Y | mu, sigma, Lcortime, nobs_tg, begin_tg, end_tg);
}
