// data: N = 10; D = 3; x = uniform(-1, 1, N); y = normal(N)
data {
  int N;
  int<lower=1> D;
  vector[N] x;
  vector[N] y;
}
transformed data {
  matrix[N, D + 1] P;
  int d = 0;
  while (d <= D) {
    P[, d + 1] = x .^ d;
    d += 1;
  }
}
parameters {
  vector[D + 1] w;
  real log_sigma;
}
model {
  y ~ normal(P * w, exp(log_sigma));
  w ~ normal(0, 1.5);
  log_sigma ~ normal(0, 1);
}
