// data: n = 4; y = normal(n); W = [[0, 1, 0, 1], [1, 0, 1, 0], [0, 1, 0, 1], [1, 0, 1, 0]]
data {
  int n;
  vector[n] y;
  matrix[n, n] W;
}
transformed data {
  vector[n] zeros = rep_vector(0, n);
  matrix<lower=0>[n, n] D;
  {
    vector[n] W_rowsums;
    for (i in 1:n) W_rowsums[i] = sum(W[i, ]);
    D = diag_matrix(W_rowsums);
  }
}
parameters {
  real mu;
  vector[n] phi;
  real<lower=0> tau;
  real<lower=0, upper=0.95> alpha;
  real<lower=0> sigma;
}
model {
  phi ~ multi_normal_prec(zeros, tau * (D - alpha * W));
  y ~ normal(mu + phi, sigma);
  tau ~ gamma(2, 2);
  [mu] ~ std_normal();
  sigma ~ exponential(1);
}
