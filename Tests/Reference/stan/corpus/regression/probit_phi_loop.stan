// data: N = 15; x = normal(N); y = binary(N)
data {
  int N;
  array[N] real x;
  array[N] int y;
}
parameters { real alpha; real beta; }
model {
  for (n in 1:N)
    y[n] ~ bernoulli(Phi_approx(alpha + beta * x[n]));
  alpha ~ normal(0, 1);
  target += normal_lpdf(beta | 0, 1);
}
