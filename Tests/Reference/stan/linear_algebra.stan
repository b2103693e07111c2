data {
  int<lower=1> K;
  matrix[K, K] A;
  vector[K] b;
  cov_matrix[K] S;
}
transformed data {
  matrix[K, K] LS = cholesky_decompose(S);
  matrix[K, K] Si = inverse_spd(S);
  real ld = log_determinant(S);
}
parameters {
  matrix[K, K] M;
  vector<lower=0>[K] d;
}
model {
  matrix[K, K] P = tcrossprod(M) + diag_matrix(d) + identity_matrix(K);
  matrix[K, K] L = cholesky_decompose(P);
  target += -0.5 * dot_self(mdivide_left_tri_low(L, b)) - sum(log(diagonal(L)));
  target += -0.1 * quad_form(P, b) + sum(diagonal(M * A)) - 0.1 * sum(Si * M);
  target += -0.5 * quad_form_sym(P, b) + sum(diag_pre_multiply(d, M)) - sum(diag_post_multiply(M, d));
  target += -0.2 * log_determinant(P) + sum(mdivide_left_spd(P, b)) + sum(P \ b) + sum(b' / P) * 0.3;
  target += sum(inverse(P)) + sum(add_diag(M, d)) - sum(crossprod(M)) - sum(mdivide_right_tri_low(b', L));
  target += sum(columns_dot_product(M, A)) + sum(M .* A) - sum(M ./ (1 + square(A))) + sum(append_row(M, b')) + sum(append_col(b, M)[, 2]);
  target += sum(block(M, 1, 1, 2, 2)) + sum(sub_col(M, 1, 2, 2)) + sum(row(M, 1)) + sum(col(M, 2)) + rows(M) + cols(M) + ld;
  target += sum(to_matrix(to_vector(M), K, K)[1]) + sum(to_row_vector(d)) - 0.01 * sum(LS * M) + sum(rep_matrix(d, 2));
  target += multi_normal_prec_lpdf(b | d, P) + multi_normal_cholesky_lpdf(d | b, L) + sum(M * M) * 0.1;
}
