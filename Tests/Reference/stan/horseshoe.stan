data {
  int<lower=0> N;
  int<lower=0> K;
  matrix[N, K] X;
  vector[N] y;
  real<lower=0> scale_global;
}
parameters {
  real alpha;
  real<lower=0> sigma;
  vector[K] z;
  real<lower=0> tau;
  vector<lower=0>[K] lambda;
  real<lower=0> caux;
}
transformed parameters {
  real c = 2 * sqrt(caux);
  vector<lower=0>[K] lambda_tilde = sqrt(c ^ 2 * square(lambda) ./ (c ^ 2 + tau ^ 2 * square(lambda)));
  vector[K] beta = z .* lambda_tilde * tau;
}
model {
  z ~ std_normal();
  lambda ~ student_t(1, 0, 1);
  tau ~ student_t(1, 0, scale_global * sigma);
  caux ~ inv_gamma(0.5 * 4, 0.5 * 4);
  alpha ~ normal(0, 5);
  sigma ~ inv_gamma(1, 1);
  y ~ normal(X * beta + alpha, sigma);
}
