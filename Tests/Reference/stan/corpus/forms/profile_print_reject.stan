// data: N = 4; y = positive(N)
data {
  int N;
  vector<lower=0>[N] y;
}
parameters {
  vector[2] u;
}
transformed parameters {
  real s;
  profile("transform") {
    s = exp(u[1]);
  }
  if (s > 1e300) {
    print("large ", s, " at ", u);
    reject("s is ", s);
  }
}
model {
  profile("likelihood") {
    y ~ lognormal(u[2], s);
  }
  target += u[1];
  profile("prior") { u ~ normal(0, 1); }
}
