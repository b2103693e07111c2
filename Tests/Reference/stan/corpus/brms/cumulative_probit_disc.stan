// data: N = 10; nthres = 3; Y = ints(1, 4, N); K = 1; X = normal(N, K)
functions {
  real cumulative_probit_lpmf(int y, real mu, real disc, vector thres) {
    int nthres = num_elements(thres);
    real p;
    if (y == 1) {
      p = Phi_approx(0.3 * disc * (thres[1] - mu));
    } else if (y == nthres + 1) {
      p = 1 - Phi_approx(0.3 * disc * (thres[nthres] - mu));
    } else {
      p = Phi_approx(0.3 * disc * (thres[y] - mu)) -
          Phi_approx(0.3 * disc * (thres[y - 1] - mu));
    }
    return log(p);
  }
  real cumulative_probit_merged_lpmf(int y, real mu, real disc, vector thres, array[] int j) {
    return cumulative_probit_lpmf(y | mu, disc, thres[j[1]:j[2]]);
  }
}
data {
  int<lower=1> N;
  array[N] int Y;
  int<lower=2> nthres;
  int<lower=1> K;
  matrix[N, K] X;
}
parameters {
  vector[K] b;
  ordered[nthres] Intercept;
  real<lower=0> disc;
}
model {
  vector[N] mu = X * b;
  for (n in 1:N) {
    target += cumulative_probit_lpmf(Y[n] | mu[n], disc, Intercept);
    target += cumulative_probit_merged_lpmf(Y[n] | mu[n], 1, Intercept, {1, nthres});
  }
  target += student_t_lpdf(Intercept | 3, 0, 2.5);
  target += lognormal_lpdf(disc | 0, 0.3);
}
