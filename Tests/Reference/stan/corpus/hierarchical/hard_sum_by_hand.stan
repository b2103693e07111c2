// data: N = 15; G = 4; grp = ints(1, G, N); y = normal(N)
data {
  int N;
  int G;
  array[N] int grp;
  vector[N] y;
}
parameters {
  vector[G - 1] a_raw;
  real<lower=0> sigma;
}
transformed parameters {
  vector[G] a = append_row(a_raw, -sum(a_raw));
}
model {
  a ~ normal(0, inv(sqrt(1 - inv(G))));
  for (n in 1:N) {
    int k = grp[n];
    target += normal_lupdf(y[n] | a[k], sigma);
  }
}
