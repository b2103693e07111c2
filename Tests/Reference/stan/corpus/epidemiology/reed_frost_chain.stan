// data: N = 5; S = [10, 8, 9, 7, 10]; I = [1, 2, 1, 3, 2]; newI = [2, 1, 3, 2, 4]
data {
  int N;
  array[N] int S, I, newI;
}
parameters {
  real<lower=0, upper=1> q;
  real<lower=0> k;
}
model {
  for (n in 1:N) {
    newI[n] ~ binomial(S[n], 1 - q ^ I[n]);
    newI[n] ~ beta_binomial(S[n], k, k + 1);
  }
  k ~ gamma(2, 1);
}
