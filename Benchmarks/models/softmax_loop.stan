// Choices among K categories, observation by observation.
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
  for (n in 1:N)
    y[n] ~ categorical_logit((x[n] * beta)');
}
