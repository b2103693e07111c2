functions {
  real halfline_log(real y, real rate) {
    return log(rate) - rate * y;
  }
  real halfline_ccdf_log(real y, real rate) {
    return -rate * y;
  }
  real halfline_cdf_log(real y, real rate) {
    return log1m_exp(-rate * y);
  }
  real geom_log(int k, real p) {
    return k * log1m(p) + log(p);
  }
  real both_log(vector y, real a, real b) {
    return a * sum(y) - b;
  }
  void add_lp(real a) {
    increment_log_prob(-a * a);
  }
  real norm_lp(real a) {
    a ~ normal(0, 1);
    return get_lp() * 0;
  }
}
data {
  int N;
  vector[N] y;
  int k[N];
  int c[N];
}
parameters {
  real<lower=0> rate;
  real<lower=0, upper=1> p;
}
model {
  for (n in 1:N) {
    if (c[n] == 1) y[n] ~ halfline(rate);
    else increment_log_prob(halfline_ccdf_log(y[n], rate));
    k[n] ~ geom(p);
    y[n] ~ halfline(rate) T[0.01, ];
    increment_log_prob(0.1 * halfline_log(y[n], p));
  }
  y ~ both(p, rate);
  add_lp(rate);
  increment_log_prob(norm_lp(p));
}
