// Choices among K categories by the function made for them.
data {
  int<lower=2> K;
  int<lower=0> N;
  int<lower=1> D;
  array[N] int<lower=1, upper=K> y;
  matrix[N, D] x;
}
parameters {
  matrix[D, K - 1] beta_free;
}
transformed parameters {
  matrix[D, K] beta = append_col(beta_free, rep_vector(0, D));
}
model {
  to_vector(beta_free) ~ normal(0, 2);
  y ~ categorical_logit_glm(x, rep_vector(0, K), beta);
}
