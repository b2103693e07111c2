// data: N = 12; Y = [a * b for a, b in zip(counts(3, N), binary(N))]; K = 2; X = design(N, K); K_zi = 2; X_zi = design(N, K_zi)
functions {
  real zero_inflated_poisson_log_logit_lpmf(int y, real eta, real zi) {
    if (y == 0) {
      return log_sum_exp(bernoulli_logit_lpmf(1 | zi),
                         bernoulli_logit_lpmf(0 | zi) +
                         poisson_log_lpmf(0 | eta));
    } else {
      return bernoulli_logit_lpmf(0 | zi) +
             poisson_log_lpmf(y | eta);
    }
  }
  real zero_inflated_poisson_lccdf(int y, real lambda, real zi) {
    return bernoulli_lpmf(0 | zi) + poisson_lccdf(y | lambda);
  }
}
data {
  int<lower=1> N;
  array[N] int Y;
  int<lower=1> K;
  matrix[N, K] X;
  int<lower=1> K_zi;
  matrix[N, K_zi] X_zi;
}
parameters {
  vector[K] b;
  vector[K_zi] b_zi;
}
model {
  vector[N] mu = X * b;
  vector[N] zi = X_zi * b_zi;
  for (n in 1:N) {
    target += zero_inflated_poisson_log_logit_lpmf(Y[n] | mu[n], zi[n]);
  }
  target += logistic_lpdf(b_zi | 0, 1);
  target += normal_lpdf(b | 0, 2);
}
