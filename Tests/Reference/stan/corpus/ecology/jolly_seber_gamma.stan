// data: T = 5; n = [3, 5, 4, 6, 2]
data {
  int T;
  array[T] int n;
}
parameters {
  vector<lower=0, upper=1>[T] gamma;
  real<lower=0, upper=1> phi;
  real<lower=0, upper=1> p;
}
transformed parameters {
  vector[T] cprob;
  real psi;
  {
    vector[T] q = 1.0 - gamma;
    cprob[1] = gamma[1];
    for (t in 2:T) cprob[t] = gamma[t] * prod(q[1:(t - 1)]);
    psi = sum(cprob);
  }
}
model {
  for (t in 1:T) target += poisson_lpmf(n[t] | 20 * cprob[t] * p * phi ^ (t - 1));
  target += log(psi);
}
