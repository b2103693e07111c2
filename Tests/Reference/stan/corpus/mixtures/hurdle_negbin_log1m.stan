// data: N = 12; x = normal(N); y = [a * b for a, b in zip(counts(3, N), binary(N))]
functions {
  real hurdle_lpmf(int y, real eta, real shape, real zi) {
    if (y == 0)
      return bernoulli_lpmf(1 | zi);
    else
      return bernoulli_lpmf(0 | zi) + neg_binomial_2_log_lpmf(y | eta, shape)
             - log1m((shape / (exp(eta) + shape)) ^ shape);
  }
}
data {
  int N;
  vector[N] x;
  array[N] int y;
}
parameters {
  real a;
  real b;
  real<lower=0> shape;
  real<lower=0, upper=1> zi;
}
model {
  for (n in 1:N) target += hurdle_lpmf(y[n] | a + b * x[n], shape, zi);
  shape ~ gamma(0.01, 0.01);
  zi ~ beta(1, 1);
}
