// data: N = 5; y = normal(N); on = [1.0, 0, 1, 1, 0]
data {
  int N;
  vector[N] y;
  vector[N] on;
}
parameters {
  real mu;
  real<lower=0> s;
}
model {
  int i;
  for (n in 1:N) {
    if (on[n] != 0) y[n] ~ normal(mu, s);
    if (!(on[n] != 0)) y[n] ~ normal(mu + 1, s);
  }
  i = 1;
  while (i <= N && on[i] != 0) {
    target += -mu * i;
    i = i + 1;
  }
  target += -s;
}
