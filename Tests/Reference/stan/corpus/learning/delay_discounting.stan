// data: N = 4; T = 3; sooner = uniform(1, 2, N, T); later = uniform(2, 4, N, T); delay = uniform(1, 5, N, T); y = binary(N, T)
data {
  int N, T;
  array[N, T] real<lower=0> sooner, later, delay;
  array[N, T] int<lower=-1, upper=1> y;
}
parameters {
  vector[2] mu_pr;
  vector<lower=0>[2] sigma;
  matrix[2, N] z;
}
transformed parameters {
  vector<lower=0>[N] k = exp(mu_pr[1] + sigma[1] * z[1]');
  vector<lower=0>[N] beta = exp(mu_pr[2] + sigma[2] * (z[2, ])');
}
model {
  mu_pr ~ normal(-1, 1);
  sigma ~ cauchy(0, 1);
  to_vector(z) ~ std_normal();
  for (i in 1:N) {
    for (t in 1:T) {
      real ev_later = later[i, t] / (1 + k[i] * delay[i, t]);
      y[i, t] ~ bernoulli_logit(beta[i] * (ev_later - sooner[i, t]));
    }
  }
}
