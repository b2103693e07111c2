// data: S = 6; P = 4; Y = counts(2, S, P)
data {
  int<lower=1> S;
  int<lower=1> P;
  array[S, P] int<lower=0> Y;
}
parameters {
  vector[S] a;
  matrix[S, 2] L;
  matrix[P, 2] F;
  vector<lower=0>[2] tau;
}
transformed parameters {
  matrix[S, P] eta = rep_matrix(a, P) + L * diag_matrix(tau) * F';
}
model {
  a ~ normal(0, 1);
  to_vector(L) ~ std_normal();
  to_vector(F) ~ std_normal();
  tau ~ exponential(1);
  to_array_1d(Y) ~ poisson_log(to_vector(eta'));
  for (s in 1:S) target += 0.1 * poisson_log_lpmf(Y[s, :] | eta[s, :]);
}
