// data: T = 8; y = positive(T); y0 = 1.1
data {
  int<lower=1> T;
  array[T] real<lower=0> y;
  real<lower=0> y0;
}
parameters {
  real r;
  real<lower=0> K;
  vector<lower=0>[T] N;
  real<lower=0> sp, so;
}
model {
  real prev = y0;
  for (t in 1:T) {
    real m = prev * exp(r * (1 - prev / K));
    N[t] ~ lognormal(log(m), sp);
    y[t] ~ lognormal(log(N[t]), so);
    prev = N[t];
  }
  r ~ normal(0, 1);
  K ~ lognormal(0, 1);
  { sp, so } ~ exponential(1);
}
