// data: N = 10; C = 4; y = normal(N)
data {
  int<lower=0> C;
  int<lower=0> N;
  array[N] real y;
}
parameters {
  array[C] real mu_cl;
  array[C - 1] real<lower=0, upper=1> v;
  array[C] real<lower=0> sigma_cl;
  real<lower=0> alpha;
}
transformed parameters {
  simplex[C] pi_;
  pi_[1] = v[1];
  for (j in 2:(C - 1)) {
    pi_[j] = v[j] * (1 - v[j - 1]) * pi_[j - 1] / v[j - 1];
  }
  pi_[C] = 1 - sum(pi_[1:(C - 1)]);
}
model {
  real a = 0.001;
  real b = 0.001;
  array[C] real ps;
  sigma_cl ~ inv_gamma(a, b);
  mu_cl ~ normal(0, 5);
  alpha ~ gamma(6, 1);
  v ~ beta(1, alpha);
  for (i in 1:N) {
    for (c in 1:C) {
      ps[c] = log(pi_[c]) + normal_lpdf(y[i] | mu_cl[c], sigma_cl[c]);
    }
    target += log_sum_exp(ps);
  }
}
