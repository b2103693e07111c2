// peer: stan 2
// data: N = 12; y = normal(N); limit = 5
data {
  int N, limit;
  array[N] real y;
}
parameters {
  real mu;
  real<lower=0> s;
}
model {
  int n = 0;
  int seen = 0;
  while (1) {
    n += 1;
    if (n > N) break;
    if (y[n] < 0) continue;
    seen += 1;
    for (j in 1:n) {
      if (j > limit) break;
      if (j % 2 == 0) continue;
      target += normal_lupdf(y[j] | mu / j, s);
    }
    while (seen > 3) seen -= 2;
  }
  for (i in 5:1) mu ~ normal(1e6, 1);
  for (i in N:N) y[i] ~ normal(mu, s);
  s ~ exponential(seen + 1);
  { int n2 = 3; { real mu2 = mu * n2; mu2 ~ normal(0, 1); } }
}
