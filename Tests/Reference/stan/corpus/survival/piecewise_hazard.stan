// data: N = 8; K = 3; cuts = [0, 0.6, 1.2, 10]; t = positive(N); d = binary(N); x = normal(N)
functions {
  real pw_lpdf(real t, vector cuts, vector log_h, real eta, int d) {
    int K = rows(log_h);
    real H = 0;
    int k = 1;
    while (k <= K && t > cuts[k]) {
      H += exp(log_h[k]) * (fmin(t, cuts[k + 1]) - cuts[k]);
      k += 1;
    }
    k -= 1;
    return d * (log_h[k] + eta) - H * exp(eta);
  }
}
data {
  int N; int K;
  vector[K + 1] cuts;
  vector[N] t;
  array[N] int d;
  vector[N] x;
}
parameters {
  vector[K] log_h;
  real beta;
}
model {
  log_h[1] ~ normal(0, 2);
  for (k in 2:K) log_h[k] ~ normal(log_h[k - 1], 0.5);
  beta ~ std_normal();
  for (n in 1:N) t[n] ~ pw(cuts, log_h, beta * x[n], d[n]);
}
