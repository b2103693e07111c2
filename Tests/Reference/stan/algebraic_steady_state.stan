// Steady states: of repeated doses (old syntax), and of chemical equilibria.
functions {
  vector dosing(vector y, vector theta, array[] real x_r, array[] int x_i) {
    vector[2] x;
    real ke = theta[1];
    real ka = theta[2];
    x[1] = y[1] - (x_r[1] + y[1]) * exp(-ka * x_r[2]);
    x[2] = y[2] - y[2] * exp(-ke * x_r[2])
           - (x_r[1] + y[1]) * ka / (ka - ke) * (exp(-ke * x_r[2]) - exp(-ka * x_r[2]));
    return x;
  }
  vector equilibrium(vector z, real k, vector total, array[] int n, data real scale) {
    vector[2] r;
    r[1] = exp(z[1]) + exp(z[2]) - total[1] * n[1];
    r[2] = scale * (exp(z[1]) * exp(z[1]) - k * exp(z[2]));
    return r;
  }
  vector quadratic(vector x, vector p) {
    return [x[1] ^ 2 + p[1] * x[2] - 3, x[2] ^ 3 - p[2] * x[1]]';
  }
}
data {
  int<lower=1> N;
  vector[N] y;
  real interval;
  real dose;
}
transformed data {
  array[0] int x_i;
  vector[2] start = [1, 1]';
  vector[2] root = solve_newton_tol(quadratic, start, 1e-3, 1e-13, 200, [0.5, 1.0]');
}
parameters {
  real<lower=0> ke;
  real<lower=0> ka;
  vector<lower=0>[2] total;
  real<lower=0> sigma;
}
transformed parameters {
  vector[2] amount = algebra_solver(dosing, start, [ke, ke + 0.5 + ka]', {dose, interval}, x_i,
                                   1e-14, 1e-12, 1000);
  vector[2] again = algebra_solver_newton(dosing, start, [ke, ke + 0.5 + ka]', {dose, interval},
                                          x_i, 1e-3, 1e-13, 500);
  vector[2] z = solve_newton_tol(equilibrium, [0, 0]', 1e-3, 1e-13, 1000, ke, total, {2}, 2.5);
  vector[2] w = solve_powell_tol(quadratic, start, 1e-14, 1e-12, 1000, total);
  vector[2] v = solve_powell_tol(quadratic, [2.0, 1.5]', 1e-14, 1e-12, 1000, root + total);
}
model {
  ke ~ lognormal(-1, 0.5);
  ka ~ lognormal(0, 0.5);
  total ~ lognormal(0, 0.5);
  sigma ~ exponential(1);
  y ~ normal(amount[2] + again[1] + sum(z) + w[1] * w[2] + v[2], sigma);
}
