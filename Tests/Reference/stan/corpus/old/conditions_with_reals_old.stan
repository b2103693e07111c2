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
    if (on[n]) y[n] ~ normal(mu, s);
    if (!on[n]) y[n] ~ normal(mu + 1, s);
  }
  i <- 1;
  while (i <= N && on[i]) {
    increment_log_prob(-mu * i);
    i <- i + 1;
  }
  increment_log_prob(-s);
}
