// data: N = 6; coords = normal(N, 2); y = normal(N)
data {
  int N;
  matrix[N, 2] coords;
  vector[N] y;
}
parameters {
  real mu;
  real<lower=0> range_, sill, nugget, ratio;
}
model {
  matrix[N, N] S;
  for (i in 1:N) {
    S[i, i] = sill + nugget;
    for (j in 1:i - 1) {
      row_vector[2] h = coords[i] - coords[j];
      real d = sqrt(h[1] ^ 2 + ratio * h[2] ^ 2);
      S[i, j] = sill * exp(-d / range_);
      S[j, i] = S[i, j];
    }
  }
  y ~ multi_normal(rep_vector(mu, N), S);
  mu ~ normal(0, 1);
  range_ ~ inv_gamma(2, 1);
  sill ~ exponential(1); nugget ~ exponential(1); ratio ~ lognormal(0, 0.5);
}
