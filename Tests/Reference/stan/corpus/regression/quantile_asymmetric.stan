// data: N = 15; x = normal(N); y = normal(N); tau = 0.3
functions {
  real ald_lpdf(vector y, vector mu, real sigma, real tau) {
    int N = num_elements(y);
    vector[N] u = (y - mu) / sigma;
    real lp = N * (log(tau) + log1m(tau) - log(sigma));
    for (n in 1:N)
      lp -= u[n] * (tau - (u[n] < 0 ? 1 : 0));
    return lp;
  }
}
data {
  int N;
  vector[N] x;
  vector[N] y;
  real<lower=0, upper=1> tau;
}
parameters {
  real a;
  real b;
  real<lower=0> sigma;
}
model {
  y ~ ald(a + b * x, sigma, tau);
  y ~ skew_double_exponential(a + b * x, sigma, tau);
  a ~ normal(0, 2);
  b ~ normal(0, 2);
  sigma ~ normal(0, 1);
}
