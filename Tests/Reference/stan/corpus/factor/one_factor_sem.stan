// data: N = 6; P = 4; Y = normal(N, P)
data {
  int N; int P;
  matrix[N, P] Y;
}
parameters {
  vector[P - 1] lam_free;
  vector[P] nu;
  vector<lower=0>[P] psi;
  vector[N] eta;
  real<lower=0> phi;
}
transformed parameters {
  vector[P] lambda;
  lambda[1] = 1;
  lambda[2:P] = lam_free;
}
model {
  matrix[N, P] mu = eta * lambda' + rep_matrix(nu', N);
  eta ~ normal(0, phi);
  nu ~ normal(0, 2);
  lam_free ~ normal(1, 1);
  psi ~ exponential(1);
  for (p in 1:P) Y[, p] ~ normal(mu[, p], psi[p]);
}
