// Two compartments and a depot, several subjects with times of their own.
functions {
  vector two_compartments(real t, vector A, real ka, real CL, real Q, real V1, real V2) {
    real k10 = CL / V1;
    real k12 = Q / V1;
    real k21 = Q / V2;
    vector[3] dA;
    dA[1] = -ka * A[1];
    dA[2] = ka * A[1] - (k10 + k12) * A[2] + k21 * A[3];
    dA[3] = k12 * A[2] - k21 * A[3];
    return dA;
  }
}
data {
  int<lower=1> J;
  int<lower=1> N;
  array[J] int<lower=1> size;
  array[N] real<lower=0> time;
  vector<lower=0>[N] y;
  array[J] real<lower=0> dose;
}
parameters {
  real<lower=0> ka;
  real<lower=0> CL;
  real<lower=0> Q;
  real<lower=0> V1;
  real<lower=0> V2;
  real<lower=0> sigma;
  real<lower=0> omega;
  vector[J] eta;
}
transformed parameters {
  vector[N] concentration;
  {
    int start = 1;
    for (j in 1:J) {
      int end = start + size[j] - 1;
      array[size[j]] vector[3] A = ode_rk45_tol(two_compartments, [dose[j], 0, 0]', 0.0,
        time[start:end], 1e-12, 1e-12, 100000, ka, CL * exp(omega * eta[j]), Q, V1, V2);
      for (n in 1:size[j]) concentration[start + n - 1] = A[n, 2] / V1;
      start = end + 1;
    }
  }
}
model {
  ka ~ lognormal(0, 0.5);
  CL ~ lognormal(0, 0.5);
  Q ~ lognormal(0, 0.5);
  V1 ~ lognormal(1, 0.5);
  V2 ~ lognormal(1, 0.5);
  sigma ~ normal(0, 1);
  omega ~ normal(0, 0.5);
  eta ~ std_normal();
  y ~ lognormal(log(concentration), sigma);
}
