// data: N = 10; Y = normal(N); cens = [0, 1, -1, 2, 0, 0, 1, 0, -1, 2]; rcens = [y + 1 for y in Y]
data {
  int<lower=1> N;
  vector[N] Y;
  array[N] int<lower=-1,upper=2> cens;
  vector[N] rcens;
}
parameters {
  real mu;
  real<lower=0> beta;
}
model {
  for (n in 1:N) {
    // special treatment of censored data
    if (cens[n] == 0) {
      target += logistic_lpdf(Y[n] | mu, beta);
    } else if (cens[n] == 1) {
      target += logistic_lccdf(Y[n] | mu, beta);
    } else if (cens[n] == -1) {
      target += logistic_lcdf(Y[n] | mu, beta);
    } else if (cens[n] == 2) {
      target += log_diff_exp(
        logistic_lcdf(rcens[n] | mu, beta),
        logistic_lcdf(Y[n] | mu, beta)
      );
    }
  }
  target += normal_lpdf(mu | 0, 1);
}
