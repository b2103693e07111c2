// data: N = 3; y = normal(N)
data {
  int N;
  vector[N] y;
}
parameters {
  real a;
}
transformed parameters {
  real b;
  {
    real c = a * 2;
    real d;
    d = c + 1;
    b = d;
  }
  real e = b ^ 2;
}
model {
  for (i in 1:2) {
    real c = i * a;
    for (j in 1:2) { real d = c * j; d ~ normal(0, 1); }
  }
  for (i in 1:2) { real c = i + a; c ~ normal(0, 2); }
  real sum = 0;
  for (n in 1:N) sum += y[n] * a;
  sum ~ normal(e, 1);
  real log = sum(y);
  target += log * a;
}
