// peer: stan 15
// data: N = 10; K = 3; x = normal(N); y = normal(N)
data {
  int N, K;
  vector[N] x, y;
}
parameters {
  vector[K] a, b, g0;
  vector[K] g1;
  vector<lower=0>[K] s;
}
model {
  for (n in 1:N) {
    vector[K] gate = log_softmax(g0 + g1 * x[n]);
    array[K] real comp;
    for (k in 1:K) comp[k] = normal_lpdf(y[n] | a[k] + b[k] * x[n], s[k]);
    target += log_sum_exp(gate + to_vector(comp));
    target += log_mix(softmax(g0), comp) * 0.1;
  }
  append_row(append_row(a, b), append_row(g0, g1)) ~ normal(0, 1);
  s ~ lognormal(0, 0.5);
}
