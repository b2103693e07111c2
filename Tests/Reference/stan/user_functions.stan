functions {
  real factorial_like(int n);
  real factorial_like(int n) {
    if (n <= 1) return 1;
    return n * factorial_like(n - 1);
  }
  vector standardise(vector x) {
    return (x - mean(x)) / sd(x);
  }
  real shifted_exponential_lpdf(real y, real shift, real rate) {
    if (y < shift) return negative_infinity();
    return log(rate) - rate * (y - shift);
  }
  real pairs_lpmf(array[] int y, vector p) {
    real total = 0;
    for (i in 1:size(y)) total += categorical_lpmf(y[i] | p);
    return total;
  }
  void add_prior_lp(real x) {
    target += -0.5 * x ^ 2 - 0.1 * fabs_smooth(x);
  }
  real fabs_smooth(real x) {
    return sqrt(x * x + 1e-3);
  }
}
data {
  int<lower=0> N;
  vector[N] y;
  vector[N] x;
  array[5] int<lower=1, upper=3> c;
}
transformed data {
  vector[N] xs = standardise(x);
  real f5 = factorial_like(5);
}
parameters {
  real<lower=0> rate;
  real b;
  simplex[3] p;
}
model {
  add_prior_lp(b);
  rate ~ exponential(1 / f5);
  for (n in 1:N) y[n] ~ shifted_exponential(0.0, rate * exp(b * xs[n]));
  c ~ pairs(p);
}
