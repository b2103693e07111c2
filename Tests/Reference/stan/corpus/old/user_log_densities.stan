// data: N = 6; y = positive(N); k = counts(2, N); c = binary(N)
functions {
  real halfline_lpdf(real y, real rate) {
    return log(rate) - rate * y;
  }
  real halfline_lccdf(real y, real rate) {
    return -rate * y;
  }
  real halfline_lcdf(real y, real rate) {
    return log1m_exp(-rate * y);
  }
  real geom_lpmf(int k, real p) {
    return k * log1m(p) + log(p);
  }
  real both_lpdf(vector y, real a, real b) {
    return a * sum(y) - b;
  }
  void add_lp(real a) {
    target += -a * a;
  }
  real norm_lp(real a) {
    a ~ normal(0, 1);
    return target() * 0;
  }
}
data {
  int N;
  vector[N] y;
  array[N] int k;
  array[N] int c;
}
parameters {
  real<lower=0> rate;
  real<lower=0, upper=1> p;
}
model {
  for (n in 1:N) {
    if (c[n] == 1) y[n] ~ halfline(rate);
    else target += halfline_lccdf(y[n] | rate);
    k[n] ~ geom(p);
    y[n] ~ halfline(rate) T[0.01, ];
    target += 0.1 * halfline_lpdf(y[n] | p);
  }
  y ~ both(p, rate);
  add_lp(rate);
  target += norm_lp(p);
}
