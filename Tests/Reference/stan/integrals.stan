// Normalising constants by integrals over finite and infinite intervals.
functions {
  real skewed(real x, real xc, array[] real theta, array[] real x_r, array[] int x_i) {
    return exp(-square(x - theta[1]) / (2 * square(theta[2])) - x_r[1] * exp(-x * x_i[1]));
  }
  real beta_like(real x, real xc, array[] real theta, array[] real x_r, array[] int x_i) {
    real v;
    if (x > 0.5)
      v = x ^ (theta[1] - 1) * xc ^ (theta[2] - 1);
    else
      v = x ^ (theta[1] - 1) * (1 - x) ^ (theta[2] - 1);
    return v;
  }
  real decay(real x, real xc, array[] real theta, array[] real x_r, array[] int x_i) {
    return x ^ theta[1] * exp(-theta[2] * x);
  }
  real complement(real x, real xc, array[] real theta, array[] real x_r, array[] int x_i) {
    // x itself, from the distance to the nearer end
    return exp(theta[1] * (x < 1.5 ? 1 - xc : 2 - xc)) * x;
  }
}
data {
  int<lower=0> N;
  vector[N] y;
}
transformed data {
  array[0] real none;
  array[0] int no_i;
  real constant = integrate_1d(decay, 0, positive_infinity(), {2.0, 1.5}, none, no_i, 1e-8);
}
parameters {
  real mu;
  real<lower=0> sigma;
  real<lower=0> a;
  real<lower=0> b;
  real<lower=0> width;
}
model {
  real from = 0.3;
  target += -N * log(integrate_1d(skewed, negative_infinity(), positive_infinity(), {mu, sigma}, {0.3}, {1}));
  target += -log(integrate_1d(beta_like, 0, 1, {0.5 + a, 0.5 + b}, none, no_i, 1e-8));
  target += log(integrate_1d(decay, from, positive_infinity(), {a, b}, none, no_i, 1e-8));
  target += log(integrate_1d(decay, from, from + width, {a, b}, none, no_i, 1e-8));
  target += log(integrate_1d(skewed, -width, 2, {mu, sigma}, {0.1}, {1}));
  target += log(integrate_1d(skewed, negative_infinity(), mu, {mu, sigma}, {0.1}, {1}));
  target += log(integrate_1d(complement, 1, 2, {a}, none, no_i, 1e-8)) + constant;
  mu ~ normal(0, 1);
  sigma ~ lognormal(0, 0.5);
  a ~ exponential(1);
  b ~ exponential(1);
  width ~ exponential(1);
  for (n in 1:N) target += log(skewed(y[n], y[n], {mu, sigma}, {0.3}, {1}));
}
