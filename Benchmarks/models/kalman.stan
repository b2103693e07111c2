// The filter of a local level, scalar by scalar.
data {
  int<lower=1> T;
  vector[T] y;
}
parameters {
  real<lower=0> sigma_y;
  real<lower=0> sigma_level;
}
model {
  real m = y[1];
  real C = 10;
  sigma_y ~ normal(0, 2);
  sigma_level ~ normal(0, 1);
  for (t in 1:T) {
    real R = C + square(sigma_level);
    real Q = R + square(sigma_y);
    real e = y[t] - m;
    real gain = R / Q;
    target += -0.5 * (log(Q) + square(e) / Q);
    m += gain * e;
    C = R * (1 - gain);
  }
}
