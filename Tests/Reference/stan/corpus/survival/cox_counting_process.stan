// data: N = 8; NT = 5; _t = [3, 1, 4, 5, 2, 5, 3, 1]; obs_t = _t; t = [1, 2, 3, 4, 5, 6]; fail = binary(N); Z = [0.5, -0.5] * 4; eps = 1e-6
functions {
  int step_of(real x) {
    return x >= 0 ? 1 : 0;
  }
}
data {
  int<lower=0> N;
  int<lower=0> NT;
  array[N] int<lower=0> obs_t;
  array[NT + 1] int<lower=0> t;
  array[N] int<lower=0> fail;
  array[N] real Z;
  real eps;
}
transformed data {
  array[N, NT] int Y;
  array[N, NT] int dN;
  real c;
  real r;
  for (i in 1:N) {
    for (j in 1:NT) {
      Y[i, j] = step_of(obs_t[i] - t[j] + eps);
      dN[i, j] = Y[i, j] * fail[i] * step_of(t[j + 1] - obs_t[i] - eps);
    }
  }
  c = 0.001;
  r = 0.1;
}
parameters {
  real beta;
  array[NT] real<lower=0> dL0;
}
model {
  beta ~ normal(0, 1000);
  for (j in 1:NT) {
    dL0[j] ~ gamma(r * (t[j + 1] - t[j]) * c, c);
    for (i in 1:N) {
      if (Y[i, j] != 0) {
        dN[i, j] ~ poisson(Y[i, j] * exp(beta * Z[i]) * dL0[j]);
      }
    }
  }
}
