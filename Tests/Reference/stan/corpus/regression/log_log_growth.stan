// data: N = 9; w = positive(N); h = positive(N)
data {
  int<lower=0> N;
  vector<lower=0>[N] w;
  vector<lower=0>[N] h;
}
transformed data {
  vector[N] log_w;
  vector[N] log_h;
  log_w = log(w);
  log_h = log(h);
}
parameters {
  vector[2] beta;
  real<lower=0> sigma;
}
model {
  w ~ lognormal(beta[1] + beta[2] * log_h, sigma);
  // the Jacobian is constant
  log_w ~ normal(beta[1] + beta[2] * log_h, sigma);
}
