// peer: stan 2
// data: N = 11; x = normal(N); y = binary(N); grainsize = 3
functions {
  real partial_sum_lpmf(array[] int slice, int start, int end, vector x, vector beta) {
    return bernoulli_logit_lupmf(slice | beta[1] + beta[2] * x[start:end]);
  }
  real partial_normal(array[] real slice, int start, int end, real mu, real s) {
    return normal_lpdf(slice | mu, s);
  }
}
data {
  int N;
  array[N] int y;
  vector[N] x;
  int grainsize;
}
parameters {
  vector[2] beta;
}
model {
  beta ~ std_normal();
  target += reduce_sum(partial_sum_lupmf, y, grainsize, x, beta);
  target += reduce_sum_static(partial_normal, to_array_1d(x), 1, beta[1], 1.5);
}
