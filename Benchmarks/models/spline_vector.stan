// A curve from a basis of splines with a random walk of coefficients, as a product.
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
  vector[K] w = step[1] + append_row(0, cumulative_sum(step[2 : K]) * tau);
}
model {
  step ~ normal(0, 1);
  tau ~ normal(0, 1);
  sigma ~ exponential(1);
  y ~ normal(B * w, sigma);
}
