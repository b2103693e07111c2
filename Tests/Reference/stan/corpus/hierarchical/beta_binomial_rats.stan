// data: J = 7; n = ints(8, 20, J); y = [a // 4 for a in n]
functions {
  real prior_lp(real a, real b) {
    target += -2.5 * log(a + b);
    return a / (a + b);
  }
  void note_lp(real v) {
    target += normal_lpdf(v | 0.2, 1);
    return;
  }
}
data {
  int<lower=0> J;
  array[J] int<lower=0> y;
  array[J] int<lower=0> n;
}
parameters {
  real<lower=0> alpha;
  real<lower=0> beta;
  vector<lower=0, upper=1>[J] theta;
}
transformed parameters {
  real lambda = alpha / (alpha + beta);
  real<lower=0.1> kappa = alpha + beta + 0.1;
}
model {
  real m = prior_lp(alpha, beta);
  note_lp(m);
  theta ~ beta(alpha, beta);
  for (j in 1:J) target += binomial_lupmf(y[j] | n[j], theta[j]);
}
