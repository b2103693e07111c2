// data: N = 6; rt = uniform(0.5, 2, N); r = ints(1, 2, N)
functions {
  real lnr_lpdf(real t, int winner, vector mu, real s, real t0) {
    real lp = 0;
    for (k in 1:num_elements(mu)) {
      if (k == winner) lp += lognormal_lpdf(t - t0 | mu[k], s);
      else lp += weibull_lccdf(t - t0 | s, exp(mu[k]));
    }
    return lp;
  }
}
data {
  int N;
  array[N] real rt;
  array[N] int r;
}
parameters {
  vector[2] mu;
  real<lower=0> s;
  real<lower=0, upper=0.4> t0;
}
model {
  for (n in 1:N) rt[n] ~ lnr(r[n], mu, s, t0);
  mu ~ normal(0, 1);
  s ~ exponential(1);
}
