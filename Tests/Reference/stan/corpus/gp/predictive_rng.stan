// data: N1 = 5; x1 = ordered(0, 2, N1); y1 = normal(N1); N2 = 3; x2 = ordered(2, 3, N2)
functions {
  vector gp_pred_rng(array[] real x2, vector y1, array[] real x1, real alpha, real rho, real sigma, real delta) {
    int N1 = rows(y1);
    int N2 = size(x2);
    vector[N2] f2;
    {
      matrix[N1, N1] L_K;
      vector[N1] K_div_y1;
      matrix[N1, N2] k_x1_x2;
      matrix[N1, N2] v_pred;
      vector[N2] f2_mu;
      matrix[N2, N2] cov_f2;
      matrix[N1, N1] K;
      K = gp_exp_quad_cov(x1, alpha, rho);
      for (n in 1:N1) K[n, n] = K[n, n] + square(sigma);
      L_K = cholesky_decompose(K);
      K_div_y1 = mdivide_left_tri_low(L_K, y1);
      K_div_y1 = mdivide_right_tri_low(K_div_y1', L_K)';
      k_x1_x2 = gp_exp_quad_cov(x1, x2, alpha, rho);
      f2_mu = (k_x1_x2' * K_div_y1);
      v_pred = mdivide_left_tri_low(L_K, k_x1_x2);
      cov_f2 = gp_exp_quad_cov(x2, alpha, rho) - v_pred' * v_pred;
      f2 = multi_normal_rng(f2_mu, add_diag(cov_f2, rep_vector(delta, N2)));
    }
    return f2;
  }
}
data {
  int<lower=1> N1;
  array[N1] real x1;
  vector[N1] y1;
  int<lower=1> N2;
  array[N2] real x2;
}
parameters {
  real<lower=0> rho, alpha, sigma;
}
model {
  matrix[N1, N1] K = add_diag(gp_exp_quad_cov(x1, alpha, rho), square(sigma));
  y1 ~ multi_normal(rep_vector(0, N1), K);
  rho ~ inv_gamma(5, 5);
  alpha ~ std_normal();
  sigma ~ std_normal();
}
generated quantities {
  vector[N2] f2 = gp_pred_rng(x2, y1, x1, alpha, rho, sigma, 1e-8);
}
