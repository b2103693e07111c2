// data: T = 10; y = counts(4, T)
data {
  int T;
  array[T] int y;
}
parameters {
  vector[T] z;
  real<lower=0> s;
  real m;
}
transformed parameters {
  vector[T] log_rate = m + cumulative_sum(z) * s;
}
model {
  z ~ std_normal();
  s ~ gamma(2, 2);
  y ~ poisson_log(log_rate);
}
