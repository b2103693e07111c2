// data: N = 15; G = 4; g_ = ints(1, G, N); grp = g_; y = normal(N)
data {
  int N, G;
  array[N] int<lower=1, upper=G> grp;
  vector[N] y;
}
parameters {
  real mu;
  sum_to_zero_vector[G] a;
  real<lower=0> sigma;
  real<lower=0> tau;
}
model {
  a ~ normal(0, tau * sqrt(G * inv(G - 1)));
  mu ~ normal(0, 5);
  [sigma, tau]' ~ normal(0, 2);
  y ~ normal(mu + a[grp], sigma);
}
