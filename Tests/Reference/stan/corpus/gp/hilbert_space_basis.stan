// data: N = 10; M = 4; L = 1.5; x = uniform(-1, 1, N); y = normal(N)
functions {
  real lambda(real L, int m) {
    real lam;
    lam = ((m * pi()) / (2 * L)) ^ 2;
    return lam;
  }
  real spd(real alpha, real rho, real w) {
    return (alpha ^ 2) * sqrt(2 * pi()) * rho * exp(-0.5 * (rho ^ 2) * (w ^ 2));
  }
  vector phi(real L, int m, vector x) {
    return 1 / sqrt(L) * sin(m * pi() / (2 * L) * (x + L));
  }
}
data {
  real L;
  int<lower=1> M, N;
  vector[N] x;
  vector[N] y;
}
transformed data {
  matrix[N, M] PHI;
  for (m in 1:M) { PHI[, m] = phi(L, m, x); }
}
parameters {
  vector[M] beta;
  real<lower=0> rho, sigma, alpha;
}
transformed parameters {
  vector[N] f;
  vector[M] diagSPD;
  vector[M] SPD_beta;
  for (m in 1:M)
    diagSPD[m] = sqrt(spd(alpha, rho, sqrt(lambda(L, m))));
  SPD_beta = diagSPD .* beta;
  f = PHI[,] * SPD_beta;
}
model {
  beta ~ normal(0, 1);
  rho ~ gamma(3.75, 25);
  sigma ~ exponential(1);
  alpha ~ exponential(2);
  y ~ normal(f, sigma);
}
