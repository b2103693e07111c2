// A curve from a basis of splines with a random walk of coefficients, in loops.
data {
  int<lower=0> N;
  int<lower=1> K;
  matrix[N, K] B;
  vector[N] y;
}
parameters {
  vector[K] step;
  real<lower=0> tau;
  real<lower=0> sigma;
}
transformed parameters {
  vector[K] w;
  w[1] = step[1];
  for (k in 2:K)
    w[k] = w[k - 1] + step[k] * tau;
}
model {
  step ~ normal(0, 1);
  tau ~ normal(0, 1);
  sigma ~ exponential(1);
  for (n in 1:N) {
    real mu = 0;
    for (k in 1:K)
      mu += B[n, k] * w[k];
    y[n] ~ normal(mu, sigma);
  }
}
