// bound: 1e-6
// data: T = 6; ts = [1, 2, 3, 4, 5, 6]; cases = counts(5, T); N = 100.0
functions {
  vector sir(real t, vector y, real beta, real gamma, data real N) {
    real S = y[1];
    real I = y[2];
    vector[3] d;
    d[1] = -beta * I * S / N;
    d[2] = beta * I * S / N - gamma * I;
    d[3] = gamma * I;
    return d;
  }
}
data {
  int<lower=1> T;
  array[T] real ts;
  array[T] int cases;
  real N;
}
parameters {
  real<lower=0> gamma, beta;
  real<lower=0> phi_inv;
  real<lower=1, upper=10> i0;
}
transformed parameters {
  vector[3] y0 = [N - i0, i0, 0]';
  array[T] vector[3] y = ode_rk45_tol(sir, y0, 0.0, ts, 1e-10, 1e-10, 100000, beta, gamma, N);
}
model {
  vector[T] inc;
  inc[1] = y0[1] - y[1, 1];
  for (i in 2:T) inc[i] = y[i - 1, 1] - y[i, 1];
  beta ~ normal(2, 1);
  gamma ~ normal(0.4, 0.5);
  phi_inv ~ exponential(5);
  cases ~ neg_binomial_2(inc + 1e-5, 1 / phi_inv);
}
