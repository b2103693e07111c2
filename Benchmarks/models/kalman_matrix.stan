// The filter of a local linear trend, with matrices of two by two.
data {
  int<lower=1> T;
  vector[T] y;
}
parameters {
  real<lower=0> sigma_y;
  real<lower=0> sigma_level;
  real<lower=0> sigma_slope;
}
model {
  matrix[2, 2] F = [[1, 1], [0, 1]];
  matrix[2, 2] W = diag_matrix([square(sigma_level), square(sigma_slope)]');
  vector[2] m = [y[1], 0]';
  matrix[2, 2] C = diag_matrix([10, 1]');
  sigma_y ~ normal(0, 2);
  sigma_level ~ normal(0, 1);
  sigma_slope ~ normal(0, 1);
  for (t in 1:T) {
    vector[2] a = F * m;
    matrix[2, 2] R = F * C * F' + W;
    real Q = R[1, 1] + square(sigma_y);
    vector[2] gain = R[, 1] / Q;
    real e = y[t] - a[1];
    y[t] ~ normal(a[1], sqrt(Q));
    m = a + gain * e;
    C = R - gain * gain' * Q;
  }
}
