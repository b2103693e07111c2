// data: N = 6; J = 4; C = 2; y = binary(N, J)
data {
  int N, J, C;
  array[N, J] int y;
}
parameters {
  simplex[C] nu;
  array[C] vector<lower=0, upper=1>[J] p;
}
transformed parameters {
  matrix[N, C] lp;
  for (n in 1:N) for (c in 1:C) lp[n, c] = log(nu[c]) + bernoulli_lpmf(y[n] | p[c]);
}
model {
  for (n in 1:N) target += log_sum_exp(lp[n]);
  for (c in 1:C) p[c] ~ beta(1, 1);
}
generated quantities {
  matrix[N, C] resp;
  for (n in 1:N) resp[n] = softmax(lp[n]')';
}
