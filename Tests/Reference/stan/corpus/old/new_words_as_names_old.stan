functions {
  real reading(real lower, real upper, real array) {
    return lower + upper * array;
  }
}
data {
  int N;
  real offset; # same words
  real lower[N];
  int upper[N];
  real multiplier;
  vector[N] y;
}
parameters {
  real jacobian;
  real<lower=0> tuple;
  vector[N] array;
  real profile;
}
model {
  real complex;
  complex <- jacobian * offset + multiplier;
  complex <- complex + tuple;
  jacobian ~ normal(0, 1);
  for (i in 1:N)
    y[i] ~ normal(array[i] + reading(lower[i], upper[i], offset), tuple + fabs(complex));
  array ~ normal(0, 1);
  profile ~ normal(offset, multiplier);
  increment_log_prob(-tuple);
}
