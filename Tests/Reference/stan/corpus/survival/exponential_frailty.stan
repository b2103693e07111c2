// data: N = 12; G = 3; t = positive(N); d = binary(N); grp = ints(1, G, N)
data {
  int N, G;
  vector<lower=0>[N] t;
  array[N] int<lower=0, upper=1> d;
  array[N] int grp;
}
parameters {
  real b0;
  vector<lower=0>[G] frailty;
  real<lower=0> theta;
}
model {
  for (n in 1:N) {
    real rate = exp(b0) * frailty[grp[n]];
    if (d[n])
      t[n] ~ exponential(rate);
    else
      target += exponential_lccdf(t[n] | rate);
  }
  frailty ~ gamma(1 / theta, 1 / theta);
  theta ~ exponential(1);
  b0 ~ normal(0, 2);
}
